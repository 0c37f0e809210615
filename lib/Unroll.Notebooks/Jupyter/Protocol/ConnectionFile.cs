using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>What a front end writes for the kernel that it starts: where to listen, and the key they share.</summary>
internal sealed record ConnectionFile(
    IPAddress Address, int ShellPort, int ControlPort, int StdinPort, int IopubPort, int HeartbeatPort, string Key)
{
    private const string OnlyScheme = "hmac-sha256";

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="BadConnectionFileException">It cannot be read or served; the message says why.</exception>
    public static ConnectionFile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadConnectionFileException($"The connection file '{path}' cannot be read: {error.Message}");
        }
        catch (BadConnectionFileException error)
        {
            throw new BadConnectionFileException($"The connection file '{path}' cannot be served: {error.Message}");
        }
    }

    /// <summary>Reads the text of a connection file.</summary>
    /// <exception cref="BadConnectionFileException">It cannot be served; the message says why.</exception>
    public static ConnectionFile Parse(string json)
    {
        var members = ParseObject(json);
        var transport = Text(members, "transport");
        if (transport is not "tcp")
            throw new BadConnectionFileException($"\"transport\" is \"{transport}\"; this kernel speaks \"tcp\" only.");
        var key = Text(members, "key");
        var scheme = members.ContainsKey("signature_scheme") ? Text(members, "signature_scheme") : OnlyScheme;
        if (key.Length > 0 && scheme is not OnlyScheme)
            throw new BadConnectionFileException($"\"signature_scheme\" is \"{scheme}\"; this kernel knows \"{OnlyScheme}\" only.");
        return new ConnectionFile(
            Resolve(Text(members, "ip")),
            Port(members, "shell_port"),
            Port(members, "control_port"),
            Port(members, "stdin_port"),
            Port(members, "iopub_port"),
            Port(members, "hb_port"),
            key);
    }

    private static JsonObject ParseObject(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new BadConnectionFileException("it holds no JSON object.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new BadConnectionFileException($"it is not JSON: {error.Message}");
        }
    }

    private static string Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new BadConnectionFileException($"\"{name}\" is missing, or is not a string.");

    private static int Port(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue<int>(out var port) && port is >= 0 and <= IPEndPoint.MaxPort
            ? port
            : throw new BadConnectionFileException($"\"{name}\" is missing, or is not a number from 0 to 65535.");

    private static IPAddress Resolve(string name)
    {
        if (name is "*")
            return IPAddress.Any;
        if (IPAddress.TryParse(name, out var address))
            return address;
        try
        {
            var found = Dns.GetHostAddresses(name);
            return found.FirstOrDefault(each => each.AddressFamily == AddressFamily.InterNetwork) ?? found[0];
        }
        catch (Exception error) when (error is SocketException or ArgumentException or IndexOutOfRangeException)
        {
            throw new BadConnectionFileException($"\"ip\" is \"{name}\", which is not an address of this machine: {error.Message}");
        }
    }
}
