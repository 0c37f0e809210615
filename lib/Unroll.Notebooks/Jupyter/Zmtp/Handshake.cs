using System.Text;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>What a peer said of itself.</summary>
/// <param name="SocketType">Its pattern, such as <c>DEALER</c>.</param>
/// <param name="Identity">The name it wants to be sent to by; empty where it has none.</param>
internal sealed record PeerMetadata(string SocketType, byte[] Identity);

/// <summary>The greeting of ZMTP 3 and the NULL mechanism: who we are, who you are, no secrets.</summary>
internal static class Handshake
{
    private const int GreetingLength = 64;
    private const int SignatureEnd = 9;
    private const int VersionPlace = 10;
    private const int MechanismPlace = 12;
    private const int MechanismLength = 20;
    private const byte Major = 3;
    private const byte Minor = 1;

    private static readonly byte[] Mechanism = Encoding.ASCII.GetBytes("NULL".PadRight(MechanismLength, '\0'));

    /// <summary>Greets the peer and learns who it is.</summary>
    /// <exception cref="ZmtpException">The peer speaks something else, or is not one that <paramref name="socketType"/> talks to.</exception>
    public static async Task<PeerMetadata> PerformAsync(
        FrameReader reader, FrameWriter writer, Stream stream, string socketType, string[] partners, CancellationToken cancellation)
    {
        await stream.WriteAsync(Greeting(), cancellation).ConfigureAwait(false);
        await CheckGreetingAsync(reader, cancellation).ConfigureAwait(false);
        await SendAsync(writer, Command.Ready(socketType)).ConfigureAwait(false);

        var frame = await reader.ReadAsync(room: 0, cancellation).ConfigureAwait(false);
        if (!frame.IsCommand)
            throw new ZmtpException("a message before the handshake was over");
        var ready = Command.Parse(frame.Body);
        if (ready.Name is not "READY")
            throw new ZmtpException("no READY after the greeting");

        var properties = ready.Properties();
        var type = properties.TryGetValue("Socket-Type", out var name) ? Encoding.ASCII.GetString(name) : "";
        if (!partners.Contains(type, StringComparer.Ordinal))
        {
            await SendAsync(writer, Command.Error($"{socketType} talks to {string.Join(", ", partners)} only")).ConfigureAwait(false);
            throw new ZmtpException($"a socket type that {socketType} does not talk to");
        }

        var identity = properties.GetValueOrDefault("Identity", []);
        if (identity.Length > byte.MaxValue || identity is [0, ..])
            throw new ZmtpException("an identity that is longer than 255 bytes or begins with zero");
        return new PeerMetadata(type, identity);
    }

    /// <summary>The 64 bytes that open a connection.</summary>
    public static byte[] Greeting()
    {
        var greeting = new byte[GreetingLength];
        greeting[0] = 0xFF;
        greeting[SignatureEnd] = 0x7F;
        greeting[VersionPlace] = Major;
        greeting[VersionPlace + 1] = Minor;
        Mechanism.CopyTo(greeting, MechanismPlace);
        return greeting;
    }

    private static async Task CheckGreetingAsync(FrameReader reader, CancellationToken cancellation)
    {
        var greeting = new byte[GreetingLength];

        // The start first: a peer of another protocol may never send 64 bytes.
        await reader.FillAsync(greeting.AsMemory(0, 1), cancellation).ConfigureAwait(false);
        if (greeting[0] != 0xFF)
            throw new ZmtpException("a greeting that is not ZMTP");
        await reader.FillAsync(greeting.AsMemory(1, VersionPlace), cancellation).ConfigureAwait(false);
        if (greeting[SignatureEnd] != 0x7F)
            throw new ZmtpException("a greeting that is not ZMTP");
        if (greeting[VersionPlace] < Major)
            throw new ZmtpException($"ZMTP {greeting[VersionPlace]}, where 3 is the oldest we speak");
        await reader.FillAsync(greeting.AsMemory(VersionPlace + 1), cancellation).ConfigureAwait(false);
        if (!greeting.AsSpan(MechanismPlace, MechanismLength).SequenceEqual(Mechanism))
            throw new ZmtpException("a security mechanism other than NULL");
    }

    private static async Task SendAsync(FrameWriter writer, Outgoing command)
    {
        await writer.WriteAsync(command).ConfigureAwait(false);
        await writer.FlushAsync().ConfigureAwait(false);
    }
}
