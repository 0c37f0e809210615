namespace Unroll.Compute.Recurrent;

/// <summary>
/// Keeps one layer's tape from training step to training step: they are all alike, and fresh memory of that size costs
/// more than the pass over it. The collector may take it when memory is short.
/// </summary>
internal sealed class RecurrentTapes
{
    private WeakReference<RecurrentTape>? _spare;

    /// <summary>The tape that came back last, where it fits, or a new one.</summary>
    public RecurrentTape Rent(RecurrentLayout layout, RecurrentKernel kernel) =>
        Interlocked.Exchange(ref _spare, null) is { } spare && spare.TryGetTarget(out var tape) && tape.Layout == layout
            ? tape
            : kernel.NewTape(layout);

    /// <summary>Takes back a tape that nobody needs any more.</summary>
    public void Return(RecurrentTape tape) => _spare = new WeakReference<RecurrentTape>(tape);
}
