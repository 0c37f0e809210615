using System.Diagnostics;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// What cells have left running. A notebook ends after its last cell, not after its last task: tasks get a moment to
/// finish their output, and if that is not enough, the run says so.
/// </summary>
internal sealed class BackgroundWork
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private readonly Action<SessionEvent> _publish;
    private readonly long _timersBefore = Timer.ActiveCount;

    /// <summary>Counts from what runs now, before the first cell.</summary>
    public BackgroundWork(Action<SessionEvent> publish)
    {
        _publish = publish;
        TaskScheduler.UnobservedTaskException += (_, lost) =>
        {
            foreach (var error in lost.Exception.InnerExceptions.Where(error => !IsOfInterrupt(error)))
            {
                var why = $"{error.GetType().Name}: {MachinePaths.Hide(error.Message)}";
                publish(new Notice($"a task that nobody awaited failed: {why}"));
            }

            lost.SetObserved();
        };
    }

    /// <summary>
    /// Waits until nothing runs, or for the longest time we give it, and says what was still running.
    /// </summary>
    public void Settle()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Most && IsBusy())
            Thread.Sleep(5);

        // Tasks that failed unseen say so only when they are collected. That takes most of the least time.
        Collect();
        var done = ThreadPool.CompletedWorkItemCount;
        while (watch.Elapsed < Least || (watch.Elapsed < Most && IsBusy()))
            Thread.Sleep(5);
        if (ThreadPool.CompletedWorkItemCount != done)
            Collect();

        if (IsBusy())
        {
            _publish(new Notice(
                $"something that a cell started was still running {Most.TotalSeconds:0} s after the last cell (a timer, a "
                + "delay or a task); it was stopped, and what it would have shown is not here"));
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>
    /// An interrupted cell leaves the tasks of its awaits failed by the way its threads were stopped; that it was
    /// interrupted has been said.
    /// </summary>
    private static bool IsOfInterrupt(Exception error) => error is ThreadAbortException or ThreadInterruptedException;

    private bool IsBusy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return Timer.ActiveCount > _timersBefore || most > free || ThreadPool.PendingWorkItemCount > 0;
    }
}
