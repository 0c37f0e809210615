using System.IO.Pipes;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Wire;

/// <summary>
/// What a session's process needs before it can say anything: the pipe to its runner, and the settings of its runtime. They
/// lie in a folder that only this user can enter, whatever the umask: nobody else can take the runner's end of the pipe.
/// </summary>
internal sealed class SessionFolder : IAsyncDisposable
{
    private const string Purpose = "unroll-session";
    private const string Invariant = "System.Globalization.Invariant";
    private static readonly Lazy<bool> Tidied = new(Tidy);

    private readonly string _folder;

    /// <summary>Makes the folder.</summary>
    /// <exception cref="IOException">There is no room for it in the folder for temporary files, or its path is too long.</exception>
    public SessionFolder()
    {
        _ = Tidied.Value;
        var place = Path.GetTempPath();
        _folder = Path.Combine(place, Leftovers.Name(Purpose));
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(_folder);
            else
                Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            PipeName = OperatingSystem.IsWindows() ? Path.GetFileName(_folder) : Path.Combine(_folder, "pipe");
            Pipe = new NamedPipeServerStream(
                PipeName,
                PipeDirection.InOut,
                maxNumberOfServerInstances: 1,
                PipeTransmissionMode.Byte,
                PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            RuntimeConfig = Path.Combine(_folder, "runtimeconfig.json");
            File.WriteAllText(RuntimeConfig, WithCultures());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"the folder for temporary files, {place}, cannot be used (TMPDIR names another): {error.Message}", error);
        }
    }

    /// <summary>The folder that the pipe <paramref name="pipeName"/> belongs to, which goes with it.</summary>
    public static string Of(string pipeName) =>
        OperatingSystem.IsWindows() ? Path.Combine(Path.GetTempPath(), pipeName) : Path.GetDirectoryName(pipeName)!;

    /// <summary>What the session's process connects to.</summary>
    public string PipeName { get; }

    /// <summary>The runner's end.</summary>
    public NamedPipeServerStream Pipe { get; }

    /// <summary>The file with the settings of the session's runtime.</summary>
    public string RuntimeConfig { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Pipe.DisposeAsync().ConfigureAwait(false);
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next run removes it.
        }
    }

    /// <summary>
    /// Our own settings, but for the one that leaves out all cultures: the host wants none and runs where no ICU is
    /// installed, and cells want those of the machine.
    /// </summary>
    private static string WithCultures()
    {
        var own = Path.ChangeExtension(typeof(SessionFolder).Assembly.Location, ".runtimeconfig.json");
        var settings = JsonNode.Parse(File.ReadAllText(own))!;
        (settings["runtimeOptions"]?["configProperties"] as JsonObject)?.Remove(Invariant);
        return settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static bool Tidy()
    {
        Leftovers.Remove(Path.GetTempPath(), Purpose);
        return true;
    }
}
