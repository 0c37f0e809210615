namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>The memory that messages may take while they are being received, shared by all peers of a socket.</summary>
internal sealed class ReceiveBudget(long limit)
{
    private long _used;

    /// <summary>How many bytes are taken now.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Takes <paramref name="bytes"/>.</summary>
    /// <exception cref="ZmtpException">All peers together have no room left.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit)
            return;
        Interlocked.Add(ref _used, -bytes);
        throw new ZmtpException($"more than {limit} bytes of unfinished messages from all peers together");
    }

    /// <summary>Gives <paramref name="bytes"/> back.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref _used, -bytes);
}
