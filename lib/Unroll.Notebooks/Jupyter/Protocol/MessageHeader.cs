namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>The header of a message: who says what kind of thing.</summary>
internal sealed record MessageHeader(string MsgId, string Session, string MsgType)
{
    /// <summary>The protocol this kernel speaks.</summary>
    public const string ProtocolVersion = "5.4";

    /// <summary>Whose message it is; the kernel calls itself so.</summary>
    public string? Username { get; init; } = "kernel";

    /// <summary>When it was made, in ISO 8601.</summary>
    public string? Date { get; init; }

    /// <summary>The protocol of the sender.</summary>
    public string? Version { get; init; } = ProtocolVersion;
}
