using System.Diagnostics;

namespace Unroll.Compute;

/// <summary>
/// Threads that help whoever has a job. They sleep; after a job they stay awake for a moment, since the next one often
/// follows at once: then it takes a microsecond to start, where the thread pool takes ten. One job is helped at a time; who
/// comes meanwhile does its job alone, as other threads have the processors.
/// </summary>
internal static class Helpers
{
    private static readonly long StaysAwake = Stopwatch.Frequency / 20_000; // 50 µs
    private static readonly long Rest = Stopwatch.Frequency / 50; // 20 ms
    private static readonly SemaphoreSlim Bell = new(0);
    private static readonly Lock Hiring = new();
    private static Offer? _offer;
    private static int _taken;
    private static int _hired;
    private static int _asleep;
    private static long _restsUntil;

    /// <summary>
    /// Whether other programs have the processors: a helper that lost its own for a moment costs those who wait for it a
    /// hundred steps, so that for a while nobody waits.
    /// </summary>
    private static bool AreResting => Stopwatch.GetTimestamp() < Volatile.Read(ref _restsUntil);

    /// <summary>Does a job with up to so many helpers. When it returns, or throws, no helper works on it any more.</summary>
    public static void Run(Job job, int helpers)
    {
        var mine = false;
        try
        {
            mine = helpers > 0 && !(job.NeedsPromptHelp && AreResting) && Interlocked.CompareExchange(ref _taken, 1, 0) == 0;
            if (mine)
                Call(job, helpers);
            job.Lead();
        }
        finally
        {
            // Also where this thread is stopped from outside: the helpers use memory that is pinned for as long as we are here.
            job.End();
            if (mine)
            {
                if (job.WasKeptWaiting)
                    Volatile.Write(ref _restsUntil, Stopwatch.GetTimestamp() + Rest);
                Volatile.Write(ref _offer, null);
                Volatile.Write(ref _taken, 0);
            }
        }

        job.ThrowIfFailed();
    }

    private static void Call(Job job, int helpers)
    {
        Hire(helpers);
        Interlocked.Exchange(ref _offer, new Offer(job));
        var asleep = Volatile.Read(ref _asleep);
        if (asleep > 0)
            Bell.Release(Math.Min(asleep, helpers));
    }

    private static void Hire(int helpers)
    {
        if (Volatile.Read(ref _hired) >= helpers)
            return;
        lock (Hiring)
        {
            for (; _hired < helpers; _hired++)
                new Thread(Work) { IsBackground = true, Name = "Unroll helper" }.UnsafeStart();
        }
    }

    private static void Work()
    {
        // What was done is known by a mark of its own, which keeps nothing of the job alive.
        object? done = null;
        while (true)
            done = Serve(done);
    }

    private static object Serve(object? done)
    {
        var offer = Next(done);
        offer.Job.Help();
        return offer.Mark;
    }

    private static Offer Next(object? done)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (New() is { } offer)
                return offer;
            if (Stopwatch.GetTimestamp() - since < StaysAwake)
            {
                Thread.SpinWait(4);
                continue;
            }

            // Who calls after this sees a sleeper, and an offer from before is seen here.
            Interlocked.Increment(ref _asleep);
            if (New() is null)
                Bell.Wait();
            Interlocked.Decrement(ref _asleep);
            since = Stopwatch.GetTimestamp();
        }

        Offer? New() => Volatile.Read(ref _offer) is { } offer && offer.Mark != done ? offer : null;
    }

    private sealed class Offer(Job job)
    {
        public Job Job { get; } = job;

        public object Mark { get; } = new();
    }
}
