namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>The first byte of a frame.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>Another frame of the same message follows.</summary>
    More = 1,

    /// <summary>The length has eight bytes instead of one.</summary>
    Long = 2,

    /// <summary>The frame is a command to the peer, not part of a message.</summary>
    Command = 4,
}

/// <summary>One frame as it came.</summary>
internal readonly record struct Frame(FrameFlags Flags, byte[] Body)
{
    public bool IsCommand => Flags.HasFlag(FrameFlags.Command);

    public bool HasMore => Flags.HasFlag(FrameFlags.More);
}

/// <summary>What waits to be sent: the frames of a message, or one command.</summary>
internal readonly record struct Outgoing(byte[][] Frames, bool IsCommand)
{
    /// <summary>What it weighs in a queue; a frame costs something even when it is empty.</summary>
    public long Weight => Frames.Sum(frame => 64L + frame.Length);
}
