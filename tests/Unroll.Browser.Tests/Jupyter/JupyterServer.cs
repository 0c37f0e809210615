using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Unroll.Notebooks.Tests.Support;

[assembly: AssemblyFixture(typeof(Unroll.Browser.Tests.Jupyter.JupyterServer))]

namespace Unroll.Browser.Tests.Jupyter;

/// <summary>
/// Debian's jupyter-notebook with our kernel installed as a user installs it, all in a temporary folder. Started once, by
/// the first test that needs it.
/// </summary>
public sealed partial class JupyterServer : IAsyncDisposable
{
    private const string Missing = "needs the classic Jupyter notebook, version 6: apt-get install jupyter-notebook";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task<Uri>> _running;
    private Process? _server;

    /// <summary>Starts nothing yet.</summary>
    public JupyterServer() => _running = new Lazy<Task<Uri>>(StartAsync);

    /// <summary>The last lines of the server's log. What kernels write to their error stream is among them.</summary>
    public string LogTail => string.Join('\n', _log.TakeLast(60));

    /// <summary>The folder of the notebooks. A lesson there finds the library as in the checkout.</summary>
    public string Notebooks => _folder["work", "notebooks"];

    /// <summary>The address that opens the notebook <paramref name="file"/> of the folder.</summary>
    public async Task<string> AddressOfAsync(string file)
    {
        Tool.Require("jupyter-notebook", Missing);
        return new Uri(await _running.Value, $"notebooks/{file}").ToString();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            // Asked to end, it ends its kernels too.
            using var kill = Process.Start("kill", [$"{_server.Id}"]);
            using var limit = new CancellationTokenSource(Limit);
            try
            {
                await _server.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _server.Kill(entireProcessTree: true);
            }
        }

        _server?.Dispose();
        _folder.Dispose();
    }

    private async Task<Uri> StartAsync()
    {
        var program = Tool.Require("jupyter-notebook", Missing);
        LayOut();
        await InstallAsync();

        // Where its first port is taken, it takes another.
        var start = Describe(program, [
            "--no-browser", "--allow-root", "--ip=127.0.0.1", "--NotebookApp.token=", "--NotebookApp.password=",
            $"--notebook-dir={Notebooks}"]);
        _server = Process.Start(start)!;
        Follow(_server);
        var first = await Task.WhenAny(_address.Task, _server.WaitForExitAsync(), Task.Delay(Limit));
        Assert.True(first == _address.Task, $"jupyter-notebook does not come up:\n{LogTail}");
        var address = await _address.Task;

        using var client = new HttpClient();
        var about = await client.GetFromJsonAsync<JsonObject>(new Uri(address, "api"), TestContext.Current.CancellationToken);
        var version = about!["version"]!.GetValue<string>();
        Tool.Need(version.StartsWith("6.", StringComparison.Ordinal), $"{Missing} (there is {version})");
        return address;
    }

    /// <summary>Lessons look for the library in ../artifacts/lib.</summary>
    private void LayOut()
    {
        Directory.CreateDirectory(Notebooks);
        var library = Directory.CreateDirectory(_folder["work", "artifacts", "lib"]).FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("artifacts", "lib")))
            File.Copy(file, Path.Combine(library, Path.GetFileName(file)));
    }

    private async Task InstallAsync()
    {
        using var install = Process.Start(Describe("dotnet", ["exec", Repository.Host, "kernel", "install"]))!;
        Follow(install);
        await install.WaitForExitAsync();
        Assert.True(install.ExitCode == 0, $"The kernel cannot be installed:\n{LogTail}");
    }

    private ProcessStartInfo Describe(string program, string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = Notebooks,
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment =
        {
            ["JUPYTER_DATA_DIR"] = _folder["data"],
            ["JUPYTER_CONFIG_DIR"] = _folder["config"],
            ["JUPYTER_RUNTIME_DIR"] = _folder["runtime"],
            ["JUPYTER_PATH"] = "",
        },
    };

    private void Follow(Process process)
    {
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        _log.Enqueue(line);
        if (Address().Match(line) is { Success: true } found)
            _address.TrySetResult(new Uri(found.Value));
    }

    [GeneratedRegex("http://127[.]0[.]0[.]1:[0-9]+/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
