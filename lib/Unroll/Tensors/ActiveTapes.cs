namespace Unroll;

/// <summary>
/// Which tapes see what is done here and now. On a thread of its own a tape sees that thread's work; on a thread of the pool,
/// where asynchronous code goes on behind an await, the work of the flow that made it. Nothing here keeps a tape alive: one
/// that nobody holds any more cannot be asked.
/// </summary>
internal static class ActiveTapes
{
    private static readonly AsyncLocal<WeakReference<GradientTape>[]?> OfFlow = new();

    [ThreadStatic]
    private static WeakReference<GradientTape>[]? _ofThread;

    [ThreadStatic]
    private static int _pauses;

    /// <summary>The tapes, among them perhaps some that have ended.</summary>
    public static ReadOnlySpan<WeakReference<GradientTape>> Here =>
        _pauses > 0 ? [] : Thread.CurrentThread.IsThreadPoolThread ? OfFlow.Value : _ofThread;

    public static void Open(GradientTape tape)
    {
        var reference = new WeakReference<GradientTape>(tape);
        OfFlow.Value = [.. Open(OfFlow.Value), reference];
        if (!Thread.CurrentThread.IsThreadPoolThread) _ofThread = [.. Open(_ofThread), reference];
    }

    /// <summary>Lets go of tapes that have ended; those of other threads and flows are passed over there.</summary>
    public static void Sweep()
    {
        _ofThread = Open(_ofThread) is { Length: > 0 } ofThread ? ofThread : null;
        OfFlow.Value = Open(OfFlow.Value) is { Length: > 0 } ofFlow ? ofFlow : null;
    }

    /// <summary>Nothing that this thread does is recorded until the result is disposed of.</summary>
    public static Paused Pause()
    {
        _pauses++;
        return default;
    }

    private static WeakReference<GradientTape>[] Open(WeakReference<GradientTape>[]? tapes) =>
        Array.FindAll(tapes ?? [], reference => reference.TryGetTarget(out var tape) && !tape.HasEnded);

    /// <summary>The end of a pause.</summary>
    public readonly struct Paused : IDisposable
    {
        public void Dispose() => _pauses--;
    }
}
