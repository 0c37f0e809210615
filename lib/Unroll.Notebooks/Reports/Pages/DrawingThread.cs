namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Draws on a thread with stack to spare, and no longer than a limit.</summary>
internal static class DrawingThread
{
    private const int StackBytes = 64 * 1024 * 1024;

    /// <summary>What <paramref name="draw"/> returns.</summary>
    /// <exception cref="UndrawableException">It took too long. Its thread is left: it ends with the process.</exception>
    public static T Run<T>(Func<T> draw, TimeSpan limit)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Draw(draw, result), StackBytes) { IsBackground = true, Name = "page" };
        thread.Start();
        if (!thread.Join(limit))
            throw new UndrawableException($"it took more than {limit.TotalSeconds:0} s");
        return result.Task.GetAwaiter().GetResult();
    }

    private static void Draw<T>(Func<T> draw, TaskCompletionSource<T> result)
    {
        try
        {
            result.SetResult(draw());
        }
        catch (Exception error)
        {
            result.SetException(error);
        }
    }
}
