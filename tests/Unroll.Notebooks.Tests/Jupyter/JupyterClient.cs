using System.Net;
using System.Text.Json;
using Unroll.Notebooks.Jupyter.Protocol;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>A front end: its four connections to a kernel, and whole conversations.</summary>
internal sealed class JupyterClient : IDisposable
{
    private readonly string _key;

    private JupyterClient(string key, ZmtpClient shell, ZmtpClient control, ZmtpClient stdin, ZmtpClient iopub)
    {
        _key = key;
        (Shell, Control, Stdin, Iopub) = (shell, control, stdin, iopub);
    }

    public ZmtpClient Shell { get; }

    public ZmtpClient Control { get; }

    public ZmtpClient Stdin { get; }

    public ZmtpClient Iopub { get; }

    /// <summary>Connects as jupyter_client does: one identity for all, everything subscribed.</summary>
    public static async Task<JupyterClient> ConnectAsync(ConnectionFile kernel, byte minor = 1)
    {
        var identity = Guid.NewGuid().ToString("n");
        var iopub = await ZmtpClient.ConnectAsync(kernel.At(kernel.IopubPort), "SUB", minor: minor);
        await iopub.SubscribeAsync("", byMessage: minor == 0);
        return new JupyterClient(
            kernel.Key,
            await ZmtpClient.ConnectAsync(kernel.At(kernel.ShellPort), "DEALER", identity, minor),
            await ZmtpClient.ConnectAsync(kernel.At(kernel.ControlPort), "DEALER", identity, minor),
            await ZmtpClient.ConnectAsync(kernel.At(kernel.StdinPort), "DEALER", identity, minor),
            iopub);
    }

    public static IPEndPoint At(int port) => new(IPAddress.Loopback, port);

    /// <summary>Sends a request and returns its id.</summary>
    public async Task<string> SendAsync(ZmtpClient channel, string type, object content)
    {
        var id = Guid.NewGuid().ToString("n");
        await channel.SendAsync(JupyterMessage.Write(_key, id, type, content as string ?? JsonSerializer.Serialize(content)));
        return id;
    }

    /// <summary>Sends a cell and returns the request's id.</summary>
    public Task<string> SendCodeAsync(string code) => SendAsync(Shell, "execute_request", new { code });

    /// <summary>The next message on a channel.</summary>
    public async Task<JupyterMessage> ReceiveAsync(ZmtpClient channel)
    {
        var frames = await channel.ReceiveAsync();
        Assert.NotNull(frames);
        return JupyterMessage.Read(frames, _key);
    }

    /// <summary>What the kernel publishes about a request, from busy to idle.</summary>
    public async Task<List<JupyterMessage>> UntilIdleAsync(string id)
    {
        var seen = new List<JupyterMessage>();
        do
        {
            var message = await ReceiveAsync(Iopub);
            if (message.ParentId == id)
                seen.Add(message);
        }
        while (seen is [] || seen[^1].Summary != "idle");
        return seen;
    }

    /// <summary>Sends a request, and returns its reply and what was published.</summary>
    public async Task<(JupyterMessage Reply, List<JupyterMessage> Published)> AskAsync(ZmtpClient channel, string type, object content)
    {
        var id = await SendAsync(channel, type, content);
        var published = await UntilIdleAsync(id);
        var reply = await ReceiveAsync(channel);
        Assert.Equal(id, reply.ParentId);
        return (reply, published);
    }

    /// <summary>Runs a cell, and returns the reply and what was published.</summary>
    public Task<(JupyterMessage Reply, List<JupyterMessage> Published)> RunAsync(string code) =>
        AskAsync(Shell, "execute_request", new { code });

    public void Dispose()
    {
        foreach (var channel in new[] { Shell, Control, Stdin, Iopub })
            channel.Dispose();
    }
}
