namespace Unroll.Kernels;

/// <summary>
/// What the forward pass leaves for the backward pass, in the order of the steps made: the gates behind their activations
/// (steps, batch, 4·units), and c and h (steps, batch, units).
/// </summary>
internal sealed class LstmTrace(LstmLayout layout)
{
    private readonly int _step = layout.Batch * layout.Units;

    public float[] Gates { get; } = new float[layout.Rows * 4 * layout.Units];

    public float[] C { get; } = new float[layout.Rows * layout.Units];

    public float[] H { get; } = new float[layout.Rows * layout.Units];

    public ReadOnlySpan<float> LastC => C.AsSpan(^_step..);

    public ReadOnlySpan<float> LastH => H.AsSpan(^_step..);

    public Span<float> GatesAt(int step) => Gates.AsSpan(step * 4 * _step, 4 * _step);

    public Span<float> CAt(int step) => C.AsSpan(step * _step, _step);

    public Span<float> HAt(int step) => H.AsSpan(step * _step, _step);
}
