using System.Buffers;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// A pass that keeps the states before every √steps-th step in place of a tape. The way back makes the steps of each part
/// anew, with a tape as long as the part: one more pass forward, and memory that grows with the root of the steps.
/// </summary>
internal sealed class Checkpoints(RecurrentKernel kernel, RecurrentLayout layout)
{
    private readonly int _steps = StepsOf(layout);
    private readonly float[] _states = new float[Parts(layout) * StatesOf(kernel) * layout.Batch * layout.Units];

    /// <summary>The longest of the parts, for which there must be a tape.</summary>
    public RecurrentLayout Longest => layout.Part(0, _steps);

    private int StateSize => layout.Batch * layout.Units;

    /// <summary>As <see cref="RecurrentKernel.Forward"/>; c and h of <paramref name="outputs"/> are also what a part begins with.</summary>
    public void Forward(in RecurrentInputs inputs, in RecurrentOutputs outputs)
    {
        inputs.H0.CopyTo(outputs.H);
        inputs.C0.CopyTo(outputs.C);
        for (var part = 0; part < Parts(layout); part++)
        {
            outputs.H.CopyTo(H(part));
            outputs.C.CopyTo(C(part));
            kernel.Forward(Part(part), inputs with { H0 = H(part), C0 = C(part) }, tape: null, outputs);
        }
    }

    /// <summary>As <see cref="RecurrentKernel.Backward"/>, with a tape for the longest part.</summary>
    public void Backward(in RecurrentInputs inputs, RecurrentTape tape, in RecurrentOutputs outgoing, in RecurrentGradients gradients)
    {
        var made = ArrayPool<float>.Shared.Rent(StatesOf(kernel) * StateSize);
        var ends = new RecurrentOutputs { H = made.AsSpan(0, StateSize), C = made.AsSpan(StateSize, C(0).Length) };
        var last = Parts(layout) - 1;
        for (var part = last; part >= 0; part--)
        {
            var begins = inputs with { H0 = H(part), C0 = C(part) };
            kernel.Forward(Part(part), begins, tape, ends);

            // The gradients of the states go on from part to part in the memory of the result.
            var come = part == last ? outgoing : new RecurrentOutputs { Sequence = outgoing.Sequence, H = gradients.H0, C = gradients.C0 };
            kernel.Backward(Part(part), begins, tape, come, gradients with { Accumulate = part < last });
        }

        ArrayPool<float>.Shared.Return(made);
    }

    private static int StepsOf(RecurrentLayout layout) => (int)Math.Ceiling(Math.Sqrt(layout.Steps));

    private static int Parts(RecurrentLayout layout) => (layout.Steps + StepsOf(layout) - 1) / StepsOf(layout);

    private static int StatesOf(RecurrentKernel kernel) => kernel.HasCellState ? 2 : 1;

    private RecurrentLayout Part(int part) => layout.Part(part * _steps, Math.Min(_steps, layout.Steps - part * _steps));

    private Span<float> H(int part) => _states.AsSpan(part * StatesOf(kernel) * StateSize, StateSize);

    private Span<float> C(int part) => kernel.HasCellState ? _states.AsSpan((2 * part + 1) * StateSize, StateSize) : [];
}
