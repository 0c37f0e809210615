using System.Text.Json;
using Unroll.Notebooks.Tests.Jupyter;

namespace Unroll.Notebooks.Tests.KernelHost;

/// <summary>
/// What VS Code's Jupyter extension does to a kernel, read from its sources of July 2026 (microsoft/vscode-jupyter,
/// src/kernels/raw/session): it starts the process, asks for the kernel's info on two channels before it may have subscribed,
/// and asks again every half second until it has a reply and something published.
/// </summary>
public sealed class VsCodeTests(KernelProcess kernel) : IClassFixture<KernelProcess>
{
    private const string Session = "6f5b0f4e-1c8b-4d0f-9f8e-0d8a3b7c2a11";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_messages_are_answered_even_where_the_subscription_comes_late()
    {
        (await kernel.ConnectAsync()).Dispose();
        using var shell = await ZmtpClient.ConnectAsync(JupyterClient.At(kernel.Connection.ShellPort), "DEALER", Session);
        using var control = await ZmtpClient.ConnectAsync(JupyterClient.At(kernel.Connection.ControlPort), "DEALER", Session);
        await AskForInfoAsync(control);
        await AskForInfoAsync(shell);
        var info = await ReceiveAsync(shell);
        await ReceiveAsync(control);

        // The status of those went out before anybody listened.
        using var iopub = await ZmtpClient.ConnectAsync(JupyterClient.At(kernel.Connection.IopubPort), "SUB");
        await iopub.SubscribeAsync("");
        await AskForInfoAsync(control);
        await AskForInfoAsync(shell);
        Assert.Equal("kernel_info_reply", (await ReceiveAsync(shell)).Type);
        Assert.Equal("kernel_info_reply", (await ReceiveAsync(control)).Type);
        Assert.Contains((await ReceiveAsync(iopub)).Summary, new[] { "busy", "iopub_welcome", "starting" });

        // The extension looks this name up, in small letters, for the language of new cells: c# is csharp there.
        Assert.Equal("C#", info.Content.GetProperty("language_info").GetProperty("name").GetString());
        Assert.StartsWith("5.", info.Text("protocol_version"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_of_VS_Code_runs_and_says_which_it_was()
    {
        using var client = await kernel.ConnectAsync();
        var metadata = """{"cellId":"vscode-notebook-cell:/lesson.ipynb#W0sZmlsZQ%3D%3D"}""";
        const string Content = """{"code":"40 + 2","silent":false,"store_history":true,"user_expressions":{},"allow_stdin":true,"stop_on_error":false}""";
        await client.Shell.SendAsync(JupyterMessage.Write(kernel.Connection.Key, "one", "execute_request", Content, Header("one", "execute_request"), metadata: metadata));
        var published = await client.UntilIdleAsync("one");
        Assert.Equal("42", published.Single(message => message.Type == "execute_result").Plain);
        Assert.All(published, message => Assert.Equal(Session, message.Parent.GetProperty("session").GetString()));
        Assert.Equal("ok", (await client.ReceiveAsync(client.Shell)).Text("status"));

        // It completes while one types, and interrupts by a message, as the kernel's spec says.
        var (completed, _) = await client.AskAsync(client.Shell, "complete_request", new { code = "Console.WriteL", cursor_pos = 14 });
        Assert.Contains("WriteLine", completed.Content.GetProperty("matches").EnumerateArray().Select(match => match.GetString()));
        var (interrupted, _) = await client.AskAsync(client.Control, "interrupt_request", new { });
        Assert.Equal("interrupt_reply", interrupted.Type);
    }

    private async Task AskForInfoAsync(ZmtpClient channel)
    {
        var id = Guid.NewGuid().ToString();
        await channel.SendAsync(JupyterMessage.Write(kernel.Connection.Key, id, "kernel_info_request", "{}", Header(id, "kernel_info_request")));
    }

    private async Task<JupyterMessage> ReceiveAsync(ZmtpClient channel) =>
        JupyterMessage.Read((await channel.ReceiveAsync().WaitAsync(Cancel))!, kernel.Connection.Key);

    private static string Header(string id, string type) => JsonSerializer.Serialize(
        new { date = "2026-11-26T10:00:00.000Z", msg_id = id, msg_type = type, session = Session, username = "2d1c", subshell_id = (string?)null, version = "5.2" });
}
