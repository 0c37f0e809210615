namespace Unroll.Kernels;

/// <summary>
/// Keeps one layer's trace from training step to training step: they are all alike, and fresh memory of that size costs
/// more than the pass over it. The collector may take it when memory is short.
/// </summary>
internal sealed class LstmTraces
{
    private WeakReference<LstmTrace>? _spare;

    /// <summary>The trace that came back last, where it fits, or a new one.</summary>
    public LstmTrace Rent(LstmLayout layout) =>
        Interlocked.Exchange(ref _spare, null) is { } spare && spare.TryGetTarget(out var trace) && trace.Layout == layout
            ? trace
            : new LstmTrace(layout);

    /// <summary>Takes back a trace that nobody needs any more.</summary>
    public void Return(LstmTrace trace) => _spare = new WeakReference<LstmTrace>(trace);
}
