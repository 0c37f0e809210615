namespace Unroll;

/// <summary>
/// Which tapes see what is done here and now. On a thread of its own a tape sees that thread's work; on a thread of the pool,
/// where asynchronous code goes on after an await, the work of the flow that made it. Nothing here keeps a tape alive: one
/// that nobody holds any more cannot be asked.
/// </summary>
internal static class ActiveTapes
{
    private static readonly AsyncLocal<WeakReference<GradientTape>[]?> OfFlow = new();

    [ThreadStatic]
    private static WeakReference<GradientTape>[]? _ofThread;

    [ThreadStatic]
    private static int _pauses;

    /// <summary>How many tapes have not been told to end, in the whole process; most of the time there is none to look for.</summary>
    private static int _open;

    /// <summary>The tapes, among them perhaps some that have ended.</summary>
    public static ReadOnlySpan<WeakReference<GradientTape>> Here
    {
        get
        {
            if (Volatile.Read(ref _open) == 0 || _pauses > 0)
                return [];
            return Thread.CurrentThread.IsThreadPoolThread ? OfFlow.Value : _ofThread;
        }
    }

    public static void Open(WeakReference<GradientTape> reference)
    {
        Interlocked.Increment(ref _open);
        OfFlow.Value = [.. Living(OfFlow.Value) ?? [], reference];
        if (!Thread.CurrentThread.IsThreadPoolThread)
            _ofThread = [.. Living(_ofThread) ?? [], reference];
    }

    /// <summary>Lets go of a tape that has ended; where other threads and flows know it, it is passed over.</summary>
    public static void Close()
    {
        Interlocked.Decrement(ref _open);
        _ofThread = Living(_ofThread);
        OfFlow.Value = Living(OfFlow.Value);
    }

    /// <summary>Nothing that this thread does is recorded until the result is disposed of.</summary>
    public static Paused Pause()
    {
        _pauses++;
        return default;
    }

    /// <summary>The tapes that have not ended; null where there is none.</summary>
    private static WeakReference<GradientTape>[]? Living(WeakReference<GradientTape>[]? tapes)
    {
        if (tapes is null)
            return null;
        var living = Array.FindAll(tapes, reference => reference.TryGetTarget(out var tape) && !tape.HasEnded);
        return living.Length == 0 ? null : living.Length == tapes.Length ? tapes : living;
    }

    /// <summary>The end of a pause.</summary>
    public readonly struct Paused : IDisposable
    {
        public void Dispose() => _pauses--;
    }
}
