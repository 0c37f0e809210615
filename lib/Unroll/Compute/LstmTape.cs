namespace Unroll.Compute;

/// <summary>
/// What the forward pass leaves for the backward pass, step by step in the order made: rows of x and h before each
/// step (steps + 1, batch, features + units), then the last h; c after each step (steps, batch, units); and the
/// gates after their activations, i, f, g, o (steps, batch, 4·units), whose place the gradients of z take on the way back.
/// This is the memory that training takes, beside weights, gradients and work memory of a fixed size; in bytes:
/// <c>4 · batch · (steps · (features + 6 · units) + features + units)</c>.
/// </summary>
internal sealed class LstmTape(LstmLayout layout)
{
    public LstmLayout Layout { get; } = layout;

    // Every number is written before it is read, but for x in the last block, which nobody reads.
    public float[] Rows { get; } = GC.AllocateUninitializedArray<float>((layout.Steps + 1) * layout.Batch * layout.Depth);

    public float[] C { get; } = GC.AllocateUninitializedArray<float>(layout.Rows * layout.Units);

    public float[] Gates { get; } = GC.AllocateUninitializedArray<float>(layout.Rows * 4 * layout.Units);

    /// <summary>A tape to use up, where this one must last.</summary>
    public LstmTape Copy()
    {
        var copy = new LstmTape(Layout);
        Rows.CopyTo(copy.Rows, 0);
        C.CopyTo(copy.C, 0);
        Gates.CopyTo(copy.Gates, 0);
        return copy;
    }
}
