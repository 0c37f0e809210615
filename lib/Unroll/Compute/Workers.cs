namespace Unroll.Compute;

/// <summary>Shares work between the threads of the pool.</summary>
internal static class Workers
{
    /// <summary>Runs <paramref name="work"/> for 0, 1, …, <paramref name="count"/> - 1, the first of them on this thread.</summary>
    public static void Run(int count, Action<int> work)
    {
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = count }, work);
    }
}
