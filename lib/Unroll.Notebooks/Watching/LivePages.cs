using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Watching;

/// <summary>
/// Serves a folder of pages on this machine alone, within a page that loads them anew when they change. It reads and never
/// writes, and takes requests for its own address only: a web page elsewhere cannot ask it by another name.
/// </summary>
internal sealed class LivePages : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".ipynb"] = "application/json; charset=utf-8",
    };

    private readonly HttpListener _listener = new();
    private readonly string _folder;
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (int Version, int Pages, string Status) _state = (0, 0, "running");

    /// <param name="folder">The folder of the pages, with an index.html.</param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <exception cref="HttpListenerException">The port is taken.</exception>
    public LivePages(string folder, int port)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{(port == 0 ? FreePort() : port)}/");
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Shows a line above the pages.</summary>
    public void Say(string status) => Change(state => (state.Version + 1, state.Pages, status));

    /// <summary>Has the browsers load the pages again.</summary>
    public void Renew(string status) => Change(state => (state.Version + 1, state.Pages + 1, status));

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Change(Func<(int Version, int Pages, string Status), (int, int, string)> next)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _state = next(_state);
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var response = context.Response;
            var (status, type, content) = await ContentAsync(context.Request).ConfigureAwait(false);
            response.StatusCode = (int)status;
            response.ContentType = type;
            response.ContentLength64 = content.Length;
            response.Headers["Cache-Control"] = "no-store";
            response.Headers["X-Content-Type-Options"] = "nosniff";
            await response.OutputStream.WriteAsync(content).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The browser has gone.
        }
    }

    private async Task<(HttpStatusCode Status, string Type, byte[] Content)> ContentAsync(HttpListenerRequest request)
    {
        var path = Uri.UnescapeDataString(request.Url!.AbsolutePath);
        if (request.HttpMethod != "GET")
            return Text(HttpStatusCode.MethodNotAllowed, "Only GET.");
        if (path == "/")
            return (HttpStatusCode.OK, Types[".html"], Encoding.UTF8.GetBytes(LiveShell.Html));
        if (path == "/state")
            return (HttpStatusCode.OK, "application/json", await StateAsync(request.QueryString["since"]).ConfigureAwait(false));
        const string Prefix = "/pages/";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal) || !Types.TryGetValue(Path.GetExtension(path), out var type))
            return Text(HttpStatusCode.NotFound, "There is no such page.");
        var file = Path.GetFullPath(Path.Combine(_folder, path[Prefix.Length..].TrimStart('/', '\\')));
        return file.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file)
            ? (HttpStatusCode.OK, type, await File.ReadAllBytesAsync(file).ConfigureAwait(false))
            : Text(HttpStatusCode.NotFound, "This page is not written yet.");
    }

    private static (HttpStatusCode, string, byte[]) Text(HttpStatusCode status, string text) => (status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>Answers when there is something newer than what the browser knows, or after a while.</summary>
    private async Task<byte[]> StateAsync(string? since)
    {
        Task changed;
        lock (_lock)
            changed = since == _state.Version.ToString(CultureInfo.InvariantCulture) ? _changed.Task : Task.CompletedTask;
        await Task.WhenAny(changed, Task.Delay(LongestWait)).ConfigureAwait(false);
        lock (_lock)
        {
            return Encoding.UTF8.GetBytes(new JsonObject
            {
                ["version"] = _state.Version,
                ["pages"] = _state.Pages,
                ["status"] = _state.Status,
            }.ToJsonString());
        }
    }
}
