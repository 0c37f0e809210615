namespace Unroll.Compute;

/// <summary>Shares work between the threads of the pool.</summary>
internal static class Workers
{
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

    /// <summary>Runs <paramref name="work"/> for 0, 1, …, <paramref name="count"/> - 1, the first of them on this thread.</summary>
    public static void Run(int count, Action<int> work)
    {
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = count }, work);
    }
}
