namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>What an interrupt ends besides the running cell: waiting for input, completing, inspecting, evaluating.</summary>
internal sealed class Interruption
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _current;

    /// <summary>Begins something that an interrupt ends; dispose what is returned when it has ended.</summary>
    public Scope Begin(CancellationToken cancellation)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (_gate)
            _current = source;
        return new Scope(this, source);
    }

    /// <summary>Ends what runs, if something runs.</summary>
    public void Interrupt()
    {
        // Not on this thread: a callback may run for long.
        lock (_gate)
            _ = _current?.CancelAsync();
    }

    /// <summary>Something that an interrupt ends.</summary>
    internal sealed class Scope(Interruption owner, CancellationTokenSource source) : IDisposable
    {
        /// <summary>Comes with an interrupt.</summary>
        public CancellationToken Token { get; } = source.Token;

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (owner._gate)
            {
                if (owner._current == source)
                    owner._current = null;
            }

            source.Dispose();
        }
    }
}
