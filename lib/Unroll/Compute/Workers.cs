namespace Unroll.Compute;

/// <summary>Shares work between this thread and those of <see cref="Helpers"/>.</summary>
internal static class Workers
{
    // Below so many numbers a second thread costs more than it gives.
    private const long ParallelFrom = 50_000;

    /// <summary>How many threads one job may use; results do not depend on it.</summary>
    public static int Threads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>Runs <paramref name="work"/> for 0, 1, …, <paramref name="count"/> - 1, in any order.</summary>
    public static void Run(int count, Action<int> work) => Helpers.Run(new ItemsJob(count, work), Math.Min(Threads, count) - 1);

    /// <summary>
    /// Runs <paramref name="work"/> for shares of so many rows, from one row to another, which together touch so many numbers:
    /// few are left to one thread.
    /// </summary>
    public static void RunShares(int rows, long numbers, Action<int, int> work)
    {
        var shares = numbers < ParallelFrom ? 1 : Math.Min(Threads, rows);
        if (shares == 1)
            work(0, rows);
        else
            Run(shares, share => work((int)((long)rows * share / shares), (int)((long)rows * (share + 1) / shares)));
    }

    /// <summary>
    /// Runs <paramref name="work"/> for steps that follow each other: it is given the step, the number of the worker, and how
    /// many workers share the step. They begin a step when all have ended the one before; their number, up to
    /// <paramref name="most"/>, may change from step to step.
    /// </summary>
    public static void RunSteps(int steps, int most, Action<int, int, int> work)
    {
        var workers = Math.Min(Threads, most);
        Helpers.Run(new StepsJob(steps, workers, work), workers - 1);
    }
}
