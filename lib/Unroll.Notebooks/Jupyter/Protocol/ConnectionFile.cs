using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>What a front end writes for the kernel that it starts: where to listen, and the key they share.</summary>
/// <param name="Address">The address of this machine to listen on; unused where there is a <paramref name="SocketPath"/>.</param>
/// <param name="ShellPort">A port, or the number that ends the name of a Unix socket.</param>
/// <param name="ControlPort">As the first.</param>
/// <param name="StdinPort">As the first.</param>
/// <param name="IopubPort">As the first.</param>
/// <param name="HeartbeatPort">As the first.</param>
/// <param name="Key">What signs messages; empty for none.</param>
/// <param name="SocketPath">How the names of the Unix sockets begin, where the transport is <c>ipc</c>; otherwise null.</param>
internal sealed record ConnectionFile(
    IPAddress Address, int ShellPort, int ControlPort, int StdinPort, int IopubPort, int HeartbeatPort, string Key, string? SocketPath = null)
{
    private const string OnlyScheme = "hmac-sha256";

    /// <summary>Where the socket of <paramref name="port"/> listens.</summary>
    /// <exception cref="BadConnectionFileException">The name of the socket is too long for this system.</exception>
    public EndPoint At(int port)
    {
        if (SocketPath is null)
            return new IPEndPoint(Address, port);
        try
        {
            // As Jupyter and ZeroMQ make the name.
            return new UnixDomainSocketEndPoint($"{SocketPath}-{port}");
        }
        catch (ArgumentException error)
        {
            throw new BadConnectionFileException(
                $"\"{SocketPath}-{port}\" cannot be the name of a Unix socket: {error.Message} A shorter JUPYTER_RUNTIME_DIR helps.");
        }
    }

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
        if (transport is not ("tcp" or "ipc"))
            throw new BadConnectionFileException($"\"transport\" is \"{transport}\"; this kernel speaks \"tcp\" and \"ipc\" only.");
        var key = Text(members, "key");
        var scheme = members.ContainsKey("signature_scheme") ? Text(members, "signature_scheme") : OnlyScheme;
        if (key.Length > 0 && scheme is not OnlyScheme)
            throw new BadConnectionFileException($"\"signature_scheme\" is \"{scheme}\"; this kernel knows \"{OnlyScheme}\" only.");
        var ip = Text(members, "ip");
        return new ConnectionFile(
            transport is "ipc" ? IPAddress.None : Resolve(ip),
            Port(members, "shell_port"),
            Port(members, "control_port"),
            Port(members, "stdin_port"),
            Port(members, "iopub_port"),
            Port(members, "hb_port"),
            key,
            transport is "ipc" ? Path.GetFullPath(ip) : null);
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
