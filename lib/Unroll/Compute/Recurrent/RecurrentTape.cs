namespace Unroll.Compute.Recurrent;

/// <summary>
/// What the forward pass leaves for the backward pass, step by step in the order made: rows of x and h before each
/// step (steps + 1, batch, features + units), then the last h; c after each step (steps, batch, units), where there is a c;
/// and the gates after their activations (steps, batch, gates·units), whose place the gradients of z take on the way back.
/// Where the products of x and h come apart, as in a GRU, those of h have gradients of their own.
/// This is the memory that training takes, beside weights, gradients and work memory of a fixed size; in bytes, for an LSTM,
/// <c>4 · batch · (steps · (features + 6 · units) + features + units)</c>; a GRU has 7 in place of 6, a SimpleRNN 2.
/// </summary>
internal sealed class RecurrentTape(RecurrentLayout layout, bool hasCellState, bool keepsProductsApart)
{
    public RecurrentLayout Layout { get; } = layout;

    // Every number is written before it is read, but for x in the last block, which nobody reads.
    public float[] Rows { get; } = Unwritten((layout.Steps + 1) * layout.Batch * layout.Depth);

    public float[] C { get; } = hasCellState ? Unwritten(layout.Rows * layout.Units) : [];

    public float[] Gates { get; } = Unwritten(layout.Rows * layout.Width);

    public float[] StateGates { get; } = keepsProductsApart ? Unwritten(layout.Rows * layout.Width) : [];

    /// <summary>A tape to use up, where this one must last.</summary>
    public RecurrentTape Copy()
    {
        var copy = new RecurrentTape(Layout, C.Length > 0, StateGates.Length > 0);
        Rows.CopyTo(copy.Rows, 0);
        C.CopyTo(copy.C, 0);
        Gates.CopyTo(copy.Gates, 0);
        StateGates.CopyTo(copy.StateGates, 0);
        return copy;
    }

    private static float[] Unwritten(int length) => GC.AllocateUninitializedArray<float>(length);
}
