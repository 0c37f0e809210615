namespace Unroll.Notebooks.Documents;

/// <summary>
/// Runs work that may never end, such as parsing what a stranger wrote: the compiler's parser takes twice as long for each
/// further <c>a?[</c> of a line of them, and cannot be cancelled.
/// </summary>
internal static class LimitedThread
{
    private const int StackSize = 16 * 1024 * 1024;

    /// <summary>What <paramref name="work"/> returns, or null where it takes longer than <paramref name="limit"/> or fails.</summary>
    /// <remarks>Work that takes too long goes on, out of the way of others, until it or its process ends.</remarks>
    public static T? Run<T>(Func<T?> work, TimeSpan limit)
        where T : class
    {
        T? result = null;
        var thread = new Thread(() => result = Guarded(work), StackSize)
        {
            IsBackground = true,
            Name = "Limited",
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return thread.Join(limit) ? result : null;
    }

    private static T? Guarded<T>(Func<T?> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (Exception)
        {
            // The caller may have stopped waiting; one that has not treats null as "no answer".
            return null;
        }
    }
}
