using System.Runtime;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Runs a cell so that it can be stopped wherever it is: asleep or waiting, when it is woken; in a loop of its own, which
/// ends itself (<see cref="InterruptionChecks"/>); elsewhere, when it is stopped by force a moment later. What the cell does
/// after an await runs on the thread pool, as without this context, but can be stopped too, and never continues once it is.
/// </summary>
internal sealed class InterruptibleRun : SynchronizationContext
{
    /// <summary>How long the cell has to end by itself.</summary>
    private static readonly TimeSpan ForceAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a thread that waits is woken until it ends.</summary>
    private static readonly TimeSpan WakePause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationToken _interruption;
    private readonly CancellationToken _force;

    /// <summary>Creates a run that <paramref name="interruption"/> ends.</summary>
    public InterruptibleRun(CancellationToken interruption)
    {
        _interruption = interruption;
        var force = new CancellationTokenSource();
        _force = force.Token;
        interruption.UnsafeRegister(
            _ => Later(() =>
            {
                Thread.Sleep(ForceAfter);
                force.Cancel();
            }),
            state: null);
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Func<Task> cell) => Run(async () =>
    {
        await cell().ConfigureAwait(true);
        return true;
    });

    /// <summary>Runs <paramref name="cell"/> to its end.</summary>
    /// <exception cref="OperationCanceledException">The interruption came first.</exception>
    public T Run<T>(Func<Task<T>> cell)
    {
        Task<T>? task = null;
        Stoppable(() => task = cell());

        // This thread waits itself: what follows an await here would run on a thread that can be stopped.
        Task.WhenAny(task!).Wait(_interruption);

        // The stop may have come as an error into the task before it came here.
        _interruption.ThrowIfCancellationRequested();
        return task!.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(
        _ =>
        {
            if (_interruption.IsCancellationRequested)
                return;
            try
            {
                Stoppable(() => d(state));
            }
            catch (Exception) when (_interruption.IsCancellationRequested)
            {
                // The cell was stopped, and nobody waits for the rest of it, in whatever way that ends.
            }
            finally
            {
                if (_force.IsCancellationRequested)
                    ParkForever();
            }
        },
        state: null);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>
    /// A thread that was stopped is not used again (<see cref="CellThread"/>). The pool gives none of its threads away, so
    /// this one waits for ever, where no stop comes to it, and the pool may have one more.
    /// </summary>
    private static void ParkForever()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + 1, ports);
        while (true)
        {
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                // A wake-up that came late.
            }
        }
    }

    /// <summary>
    /// Not on the cancelling thread, which has other callbacks to run; nor on a pool thread, as the cell may keep
    /// those busy.
    /// </summary>
    private static void Later(Action action) => new Thread(() => action()) { IsBackground = true, Name = "Interrupt" }.Start();

    private void Stoppable(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            // Obsolete means here: not for servers. Running what a person wrote a moment ago is what it was made for.
#pragma warning disable SYSLIB0046
            ControlledExecution.Run(() => RunAwake(action), _force);
#pragma warning restore SYSLIB0046
        }
        finally
        {
            SetSynchronizationContext(before);
        }

        _interruption.ThrowIfCancellationRequested();
    }

    /// <summary>Callbacks run in reverse order of registration: the thread is woken before anybody waits for it to stop.</summary>
    private void RunAwake(Action action)
    {
        using var waker = new Waker();
        using var registration = _interruption.UnsafeRegister(_ => Later(waker.Wake), state: null);
        try
        {
            action();
        }
        catch (ThreadInterruptedException) when (_interruption.IsCancellationRequested)
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

        public void Wake()
        {
            while (WakeOnce())
                Thread.Sleep(WakePause);
        }

        /// <summary>The thread continues with other work: a wake-up that came too late is withdrawn.</summary>
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

        private bool WakeOnce()
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
