using System.Runtime;

namespace Unroll.Notebooks.Sessions;

/// <summary>
/// Runs a cell so that it can be stopped wherever it is: in a loop, asleep, or waiting for a task. What it does after an
/// await runs on the thread pool, as without this context, but can be stopped too, and never goes on once it is.
/// </summary>
internal sealed class InterruptibleRun(CancellationToken interruption) : SynchronizationContext
{
    /// <summary>How often a thread that waits is woken until it ends.</summary>
    private static readonly TimeSpan WakePause = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs <paramref name="cell"/> to its end.</summary>
    /// <exception cref="OperationCanceledException">The interruption came first.</exception>
    public T Run<T>(Func<Task<T>> cell)
    {
        Task<T>? task = null;
        Stoppable(() => task = cell());

        // This thread waits itself: what follows an await here would run on a thread that can be stopped.
        Task.WhenAny(task!).Wait(interruption);

        // The stop may have come as an error into the task before it came here.
        interruption.ThrowIfCancellationRequested();
        return task!.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(
        _ =>
        {
            try
            {
                Stoppable(() => d(state));
            }
            catch (Exception) when (interruption.IsCancellationRequested)
            {
                // The cell was stopped, and nobody waits for the rest of it, in whatever way that ends.
            }
        },
        state: null);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    private void Stoppable(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            // Obsolete means here: not for servers. Running what a person wrote a moment ago is what it was made for.
#pragma warning disable SYSLIB0046
            ControlledExecution.Run(() => RunAwake(action), interruption);
#pragma warning restore SYSLIB0046
        }
        finally
        {
            SetSynchronizationContext(before);
        }

        interruption.ThrowIfCancellationRequested();
    }

    /// <summary>What is registered last is told first: the thread is woken before anybody waits for it to stop.</summary>
    private void RunAwake(Action action)
    {
        using var waker = new Waker();
        using var registration = interruption.UnsafeRegister(_ => _ = waker.WakeAsync(), state: null);
        try
        {
            action();
        }
        catch (ThreadInterruptedException) when (interruption.IsCancellationRequested)
        {
            // It slept or waited, and is stopped now.
        }
    }

    /// <summary>Stopping a thread does not end its waiting: that takes a wake-up of its own.</summary>
    private sealed class Waker : IDisposable
    {
        private readonly Thread _thread = Thread.CurrentThread;
        private readonly Lock _gate = new();
        private bool _isOver;
        private bool _hasWoken;

        public async Task WakeAsync()
        {
            // Not on the thread that tells of the interruption: it must go on to stop the loop.
            await Task.Yield();
            while (Wake())
                await Task.Delay(WakePause).ConfigureAwait(false);
        }

        /// <summary>The thread goes on to other things: a wake-up that came too late is taken back.</summary>
        public void Dispose()
        {
            while (true)
            {
                try
                {
                    lock (_gate)
                        _isOver = true;
                    if (_hasWoken)
                        Thread.Sleep(1);
                    return;
                }
                catch (ThreadInterruptedException)
                {
                    // That was it.
                }
            }
        }

        private bool Wake()
        {
            lock (_gate)
            {
                if (_isOver)
                    return false;
                _hasWoken = true;
                _thread.Interrupt();
                return true;
            }
        }
    }
}
