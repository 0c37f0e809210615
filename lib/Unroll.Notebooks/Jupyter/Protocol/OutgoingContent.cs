using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>The type and content of a message to be sent.</summary>
internal sealed record OutgoingContent(string Type, byte[] Content)
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>The message's metadata.</summary>
    public byte[] Metadata { get; init; } = Empty;

    /// <summary>Whether the kernel ends when this is said.</summary>
    public bool IsLast { get; init; }

    /// <summary>A message of <paramref name="type"/> that says <paramref name="content"/>.</summary>
    public static OutgoingContent Create<T>(string type, T content) => new(type, ToJson(content));

    /// <summary>The JSON of a content.</summary>
    public static byte[] ToJson<T>(T content) =>
        JsonSerializer.SerializeToUtf8Bytes(content, (JsonTypeInfo<T>)ProtocolJson.Default.GetTypeInfo(typeof(T))!);
}
