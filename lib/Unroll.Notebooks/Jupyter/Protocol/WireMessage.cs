using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>A message as it came, its signature checked and its header read; the content is JSON nobody has looked at.</summary>
/// <param name="Identities">The way back to the sender.</param>
/// <param name="Header">The header, read.</param>
/// <param name="RawHeader">The header's bytes: answers carry them as their parent.</param>
/// <param name="RawParent">The parent header's bytes.</param>
/// <param name="Content">The content's bytes.</param>
internal sealed record WireMessage(byte[][] Identities, MessageHeader Header, byte[] RawHeader, byte[] RawParent, byte[] Content)
{
    /// <summary>When it came, by <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public required long Arrival { get; init; }

    /// <summary>Reads the content as a <typeparamref name="T"/>.</summary>
    /// <exception cref="BadContentException">It is not one; the message says why.</exception>
    public T Read<T>()
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Content, (JsonTypeInfo<T>)ProtocolJson.Default.GetTypeInfo(typeof(T))!)
                ?? throw new BadContentException($"The content of {Header.MsgType} is null.");
        }
        catch (JsonException error)
        {
            throw new BadContentException($"The content of {Header.MsgType} is not what it should be: {error.Message}");
        }
    }
}

/// <summary>A message's content is not what its type says.</summary>
internal sealed class BadContentException(string message) : Exception(message);
