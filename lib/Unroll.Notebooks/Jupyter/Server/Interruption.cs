namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>What an interrupt ends besides the running cell: waiting for input, completing, inspecting, evaluating.</summary>
internal sealed class Interruption
{
    private readonly Lock _gate = new();
    private Scope? _current;

    /// <summary>Begins something that an interrupt ends; dispose what is returned when it has ended.</summary>
    public Scope Begin(CancellationToken cancellation)
    {
        var scope = new Scope(this, CancellationTokenSource.CreateLinkedTokenSource(cancellation));
        lock (_gate)
            _current = scope;
        return scope;
    }

    /// <summary>Ends what runs, if something runs.</summary>
    public void Interrupt()
    {
        lock (_gate)
            _current?.Cancel();
    }

    /// <summary>Something that an interrupt ends.</summary>
    internal sealed class Scope(Interruption owner, CancellationTokenSource source) : IDisposable
    {
        private Task _cancelling = Task.CompletedTask;

        /// <summary>Comes with an interrupt.</summary>
        public CancellationToken Token { get; } = source.Token;

        /// <summary>Not on this thread: a callback may run for long.</summary>
        public void Cancel()
        {
            if (!source.IsCancellationRequested)
                _cancelling = source.CancelAsync();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (owner._gate)
            {
                if (owner._current == this)
                    owner._current = null;
            }

            // Disposed while it cancels, a source forgets those it has not told yet, and they would wait for ever.
            _ = _cancelling.ContinueWith(
                _ => source.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
