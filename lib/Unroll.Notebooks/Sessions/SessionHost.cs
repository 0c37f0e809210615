using System.Globalization;
using System.IO.Pipes;
using System.Text.Json;

namespace Unroll.Notebooks.Sessions;

/// <summary>The child process: one session, told what to do over a pipe that cells have no name for.</summary>
internal static class SessionHost
{
    /// <summary>The command that starts it; no help names it.</summary>
    public const string Verb = "session";

    /// <summary>Connects to <paramref name="pipeName"/> and runs cells until it is told to stop.</summary>
    public static async Task<int> RunAsync(string pipeName)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        using var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        await pipe.ConnectAsync().ConfigureAwait(false);

        var rawStreams = new RawStreams(pipeName);
        var channel = new EventChannel(pipe);
        using var session = new CSharpSession(channel.Publish);
        await session.StartAsync().ConfigureAwait(false);
        channel.Publish(new SessionReady());

        using var reader = new StreamReader(pipe, leaveOpen: true);
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            switch (JsonSerializer.Deserialize(line, SessionJson.Default.SessionRequest))
            {
                case RunCell run:
                    channel.Start(run.Cell);
                    await session.RunAsync(run.Cell, run.Code).ConfigureAwait(false);
                    rawStreams.Mark(run.Cell);
                    break;
                case CloseSession:
                    channel.Publish(new SessionClosed());
                    return 0;
            }
        }

        return 0;
    }
}
