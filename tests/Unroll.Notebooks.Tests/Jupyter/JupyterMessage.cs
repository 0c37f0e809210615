using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>A message as a front end sees it.</summary>
internal sealed record JupyterMessage(string Topic, JsonElement Header, JsonElement Parent, JsonElement Metadata, JsonElement Content)
{
    public string Type => Header.GetProperty("msg_type").GetString()!;

    public string? ParentId => Parent.TryGetProperty("msg_id", out var id) ? id.GetString() : null;

    /// <summary>A text in the content.</summary>
    public string? Text(string name) => Content.GetProperty(name).GetString();

    /// <summary>The plain view of what is shown.</summary>
    public string? Plain => Content.GetProperty("data").GetProperty("text/plain").GetString();

    /// <summary>The type, and the state of a status.</summary>
    public string Summary => Type == "status" ? Text("execution_state")! : Type;

    /// <summary>Reads frames, and checks the kernel's signature.</summary>
    public static JupyterMessage Read(byte[][] frames, string key)
    {
        var delimiter = Array.FindIndex(frames, frame => Encoding.ASCII.GetString(frame) == "<IDS|MSG>");
        Assert.True(delimiter >= 0, "no delimiter");
        var parts = frames[(delimiter + 2)..];
        Assert.Equal(4, parts.Length);
        Assert.Equal(Sign(key, parts), Encoding.ASCII.GetString(frames[delimiter + 1]));
        var topic = delimiter > 0 ? Encoding.Latin1.GetString(frames[0]) : "";
        return new JupyterMessage(topic, Json(parts[0]), Json(parts[1]), Json(parts[2]), Json(parts[3]));
    }

    /// <summary>The frames of a request.</summary>
    public static byte[][] Write(string key, string id, string type, string content, string? header = null, string parent = "{}", string metadata = "{}")
    {
        header ??= JsonSerializer.Serialize(
            new { msg_id = id, session = "front-end", username = "ada", msg_type = type, version = "5.4", date = "2026-01-01T00:00:00Z" });
        var parts = new[] { header, parent, metadata, content }.Select(Encoding.UTF8.GetBytes).ToArray();
        return [Encoding.ASCII.GetBytes("<IDS|MSG>"), Encoding.ASCII.GetBytes(Sign(key, parts)), .. parts];
    }

    private static string Sign(string key, byte[][] parts) => key.Length == 0
        ? ""
        : Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), parts.SelectMany(part => part).ToArray()));

    private static JsonElement Json(byte[] bytes) => JsonDocument.Parse(bytes).RootElement;
}
