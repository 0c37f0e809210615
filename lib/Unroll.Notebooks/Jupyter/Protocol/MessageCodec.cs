using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>
/// Between frames and messages: <c>identities, &lt;IDS|MSG&gt;, signature, header, parent, metadata, content, buffers</c>.
/// Used by several threads at once.
/// </summary>
internal sealed class MessageCodec(string key)
{
    private const int SignedParts = 4;
    private const int LongestHeader = 64 * 1024;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] NoParent = "{}"u8.ToArray();

    private readonly MessageSigner _signer = new(key);
    private readonly ReplayGuard _replays = new();

    /// <summary>The session that this kernel's messages name as theirs.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("n");

    /// <summary>
    /// Reads a message that a ROUTER socket received; where it is not one that may be trusted,
    /// <paramref name="problem"/> says why.
    /// </summary>
    public bool TryDecode(
        byte[][] frames, [NotNullWhen(true)] out WireMessage? message, [NotNullWhen(false)] out string? problem)
    {
        message = null;

        // The first frame is the peer's identity, whatever it looks like.
        var delimiter = Array.FindIndex(frames, 1, frame => frame.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0 || frames.Length < delimiter + 2 + SignedParts)
        {
            problem = "it is not a Jupyter message";
            return false;
        }

        var signature = frames[delimiter + 1];
        var parts = frames.AsSpan(delimiter + 2, SignedParts);
        if (!_signer.Verify(signature, parts))
        {
            problem = signature.Length == 0 ? "its signature is missing" : "its signature is wrong";
            return false;
        }

        if (!TryReadHeader(parts[0], out var header))
        {
            problem = "its header is not what it should be";
            return false;
        }

        // Only now: a message that was not taken has not been seen.
        if (_signer.IsOn && !_replays.IsNew(signature))
        {
            problem = "it came before: its signature is a used one";
            return false;
        }

        problem = null;
        message = new WireMessage(frames[..delimiter], header, parts[0], parts[1], parts[3]) { Arrival = Stopwatch.GetTimestamp() };
        return true;
    }

    /// <summary>The frames of a new message, and its id.</summary>
    /// <param name="route">The identities, or the topic, that come before the message.</param>
    /// <param name="content">What it says.</param>
    /// <param name="parent">The raw header of what it answers; null where it answers nothing.</param>
    public (byte[][] Frames, string Id) Encode(byte[][] route, OutgoingContent content, byte[]? parent)
    {
        var header = new MessageHeader(Guid.NewGuid().ToString("n"), Session, content.Type) { Date = Now() };
        byte[][] parts = [OutgoingContent.ToJson(header), parent ?? NoParent, content.Metadata, content.Content];
        return ([.. route, Delimiter, _signer.Sign(parts), .. parts], header.MsgId);
    }

    /// <summary>This moment in ISO 8601, as front ends read it.</summary>
    public static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a header; false where it is not one.</summary>
    public static bool TryReadHeader(byte[] json, [NotNullWhen(true)] out MessageHeader? header)
    {
        header = null;
        if (json.Length > LongestHeader)
            return false;
        try
        {
            header = JsonSerializer.Deserialize(json, ProtocolJson.Default.MessageHeader);
        }
        catch (JsonException)
        {
            return false;
        }

        return header is not null;
    }
}
