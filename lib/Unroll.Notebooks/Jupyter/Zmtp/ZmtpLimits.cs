namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// What a socket takes from its peers and keeps for them. A peer that wants more is cut off, or not sent to: nobody who
/// can reach the port may make this process grow.
/// </summary>
internal sealed record ZmtpLimits
{
    /// <summary>The limits of a socket that takes requests.</summary>
    public static ZmtpLimits Requests { get; } = new();

    /// <summary>The limits of a socket that takes only subscriptions or heartbeats.</summary>
    public static ZmtpLimits SmallTalk { get; } = new() { MessageBytes = 64 * 1024, ReceivingBytes = 16L * 1024 * 1024 };

    /// <summary>The bytes of all frames of one message.</summary>
    public int MessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The frames of one message.</summary>
    public int MessageFrames { get; init; } = 1024;

    /// <summary>The bytes of one command.</summary>
    public int CommandBytes { get; init; } = 8 * 1024;

    /// <summary>The bytes of messages that are still being received, from all peers together.</summary>
    public long ReceivingBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many messages wait for one peer that reads slowly; further ones it does not get.</summary>
    public int SendMessages { get; init; } = 10_000;

    /// <summary>How many bytes wait for one peer that reads slowly; further messages it does not get.</summary>
    public long SendBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>How many connections there are at once, after their handshake.</summary>
    public int Peers { get; init; } = 512;

    /// <summary>How many connections are in their handshake at once; the oldest makes room for the newest.</summary>
    public int Handshakes { get; init; } = 256;

    /// <summary>How many different prefixes one peer subscribes to.</summary>
    public int Subscriptions { get; init; } = 256;

    /// <summary>How long the handshake may take.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a message may take from its first byte to its last.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a peer may take nothing of what waits for it.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
