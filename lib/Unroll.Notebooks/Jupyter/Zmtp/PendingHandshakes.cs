namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// The connections that have not said who they are. Their time and their number are limited: the oldest makes
/// room for the newest, so that idle connections cannot block new ones.
/// </summary>
internal sealed class PendingHandshakes(int limit, TimeSpan timeout, CancellationToken closing)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<CancellationTokenSource> _pending = new();

    /// <summary>Begins one; what is returned is cancelled when its time is up.</summary>
    public CancellationTokenSource Begin()
    {
        var handshake = CancellationTokenSource.CreateLinkedTokenSource(closing);
        handshake.CancelAfter(timeout);
        lock (_gate)
        {
            if (_pending.Count >= limit)
            {
                _pending.First!.Value.CancelAfter(TimeSpan.Zero);
                _pending.RemoveFirst();
            }

            _pending.AddLast(handshake);
        }

        return handshake;
    }

    /// <summary>Ends one, well or not; a second time it does nothing.</summary>
    public void End(CancellationTokenSource handshake)
    {
        lock (_gate)
            _pending.Remove(handshake);
        handshake.Dispose();
    }
}
