namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// What a socket takes from its peers and keeps for them. A peer that wants more is cut off, or not sent to: nobody who can
/// reach the port may make this process grow. A stranger, a peer that has not proven that it knows the key, gets far less.
/// </summary>
internal sealed record ZmtpLimits
{
    /// <summary>The limits of a socket that takes requests.</summary>
    public static ZmtpLimits Requests { get; } = new();

    /// <summary>The limits of a socket that takes subscriptions: a byte and a prefix.</summary>
    public static ZmtpLimits Subscribers { get; } = new() { MessageBytes = 4 * 1024, ReceivingBytes = 4L * 1024 * 1024 };

    /// <summary>
    /// The limits of a socket that takes heartbeats: some bytes, sent back at once. All its peers are strangers, and what
    /// one does not read is kept for it.
    /// </summary>
    public static ZmtpLimits Heartbeats { get; } = Subscribers with { SendMessages = 16, SendBytes = 16 * 1024 };

    /// <summary>The bytes of all frames of one message: a cell may hold a picture.</summary>
    public int MessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// The bytes of a stranger's message. A front end's first message is a question for the kernel's kind, half a kilobyte;
    /// all strangers of a socket together stay below 32 MB.
    /// </summary>
    public int StrangerMessageBytes { get; init; } = 128 * 1024;

    /// <summary>The frames of one message: a few of them, and the buffers of a widget.</summary>
    public int MessageFrames { get; init; } = 1024;

    /// <summary>The bytes of one command: a handshake's properties, or a prefix.</summary>
    public int CommandBytes { get; init; } = 8 * 1024;

    /// <summary>The bytes of messages that are still being received, from all peers together: four of the largest.</summary>
    public long ReceivingBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many messages wait for one peer that reads slowly; further ones it does not get.</summary>
    public int SendMessages { get; init; } = 10_000;

    /// <summary>How many bytes wait for one peer that reads slowly; further messages it does not get.</summary>
    public long SendBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>With so many messages waiting, a peer that pings gets no answer: it does not read them.</summary>
    public int Pongs { get; init; } = 16;

    /// <summary>
    /// How many connections there are at once, after their handshake; the stranger that came first makes room for the
    /// newest. With those in their handshake, five sockets need 1,920 file handles.
    /// </summary>
    public int Peers { get; init; } = 256;

    /// <summary>How many connections are in their handshake at once; the oldest makes room for the newest.</summary>
    public int Handshakes { get; init; } = 128;

    /// <summary>How many different prefixes one peer subscribes to; front ends subscribe to everything with one. All of all peers: 50 MB.</summary>
    public int Subscriptions { get; init; } = 256;

    /// <summary>The bytes of a prefix; ours are shorter than a hundred.</summary>
    public int PrefixBytes { get; init; } = 256;

    /// <summary>How long the handshake may take.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a message may take from its first byte to its last: 64 MB over a slow line.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a stranger's message may take: it is small.</summary>
    public TimeSpan StrangerMessageTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a peer may take nothing of what waits for it.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
