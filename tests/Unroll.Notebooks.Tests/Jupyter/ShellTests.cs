namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class ShellTests
{
    [Theory]
    [InlineData("shell")]
    [InlineData("control")]
    public async Task Kernel_info_says_what_kernel_it_is(string channel)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, published) = await client.AskAsync(channel == "shell" ? client.Shell : client.Control, "kernel_info_request", new { });

        Assert.Equal(["busy", "idle"], published.Select(message => message.Summary));
        Assert.Equal("kernel_info_reply", reply.Type);
        Assert.Equal(("ok", "5.4"), (reply.Text("status"), reply.Text("protocol_version")));
        Assert.Equal(("fake", "1.2.3"), (reply.Text("implementation"), reply.Text("implementation_version")));
        var language = reply.Content.GetProperty("language_info");
        foreach (var (name, value) in new[]
        {
            ("name", "C#"), ("version", "14.0"), ("mimetype", "text/x-csharp"), ("file_extension", ".cs"), ("pygments_lexer", "csharp"),
        })
        {
            Assert.Equal(value, language.GetProperty(name).GetString());
        }

        Assert.Equal("https://example.org/", reply.Content.GetProperty("help_links")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task Completion_counts_characters_and_not_their_halves()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        // Two faces before the place: 4 halves in .NET, 2 characters in Jupyter.
        var (reply, _) = await client.AskAsync(client.Shell, "complete_request", new { code = "\"😀😀\" Wri", cursor_pos = 8 });

        Assert.Equal(10, kernel.Engine.LastPosition);
        Assert.Equal((5, 8), (reply.Content.GetProperty("cursor_start").GetInt32(), reply.Content.GetProperty("cursor_end").GetInt32()));
        Assert.Equal("""["WriteLine","Write"]""", reply.Content.GetProperty("matches").GetRawText());
        var entry = reply.Content.GetProperty("metadata").GetProperty("_jupyter_types_experimental")[0];
        Assert.Equal(
            ["WriteLine", "function", "(string)"],
            new[] { "text", "type", "signature" }.Select(name => entry.GetProperty(name).GetString()));
        Assert.Equal(5, entry.GetProperty("start").GetInt32());
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(99, 3)]
    public async Task A_place_outside_the_code_is_its_nearest_end(int position, int expected)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, _) = await client.AskAsync(client.Shell, "complete_request", new { code = "abc", cursor_pos = position });

        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(expected, kernel.Engine.LastPosition);
    }

    [Fact]
    public async Task A_completion_that_breaks_is_an_error_reply()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, _) = await client.AskAsync(client.Shell, "complete_request", new { code = "throw", cursor_pos = 0 });

        Assert.Equal(("error", "no completions today"), (reply.Text("status"), reply.Text("evalue")));
        Assert.Contains("InvalidDataException", kernel.LogText);
    }

    [Fact]
    public async Task A_completion_that_hangs_can_be_interrupted()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var id = await client.SendAsync(client.Shell, "complete_request", new { code = "hang", cursor_pos = 4 });
        while (kernel.Engine.LastPosition < 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await client.SendAsync(client.Control, "interrupt_request", new { });
        var reply = await client.ReceiveAsync(client.Shell);

        Assert.Equal((id, "error", "Interrupted"), (reply.ParentId, reply.Text("status"), reply.Text("ename")));
    }

    [Theory]
    [InlineData("Console", 0, true, "about it")]
    [InlineData("Console", 1, true, "all about it")]
    [InlineData("unknown", 0, false, null)]
    public async Task Inspection_finds_what_is_known(string code, int detail, bool found, string? text)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, _) = await client.AskAsync(client.Shell, "inspect_request", new { code, cursor_pos = 2, detail_level = detail });

        Assert.Equal(("ok", found), (reply.Text("status"), reply.Content.GetProperty("found").GetBoolean()));
        Assert.Equal(text, found ? reply.Plain : null);
    }

    [Fact]
    public async Task Is_complete_says_how_the_next_line_begins()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (whole, _) = await client.AskAsync(client.Shell, "is_complete_request", new { code = "1 + 1" });
        var (open, _) = await client.AskAsync(client.Shell, "is_complete_request", new { code = "if (true)\n{" });

        Assert.Equal("""{"status":"complete"}""", whole.Content.GetRawText());
        Assert.Equal("""{"status":"incomplete","indent":"    "}""", open.Content.GetRawText());
    }

    [Fact]
    public async Task There_are_no_comms_and_one_that_is_opened_is_closed()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (info, _) = await client.AskAsync(client.Shell, "comm_info_request", new { target_name = "jupyter.widget" });
        var id = await client.SendAsync(client.Shell, "comm_open", new { comm_id = "c1", target_name = "jupyter.widget", data = new { } });
        var opened = await client.UntilIdleAsync(id);
        id = await client.SendAsync(client.Shell, "comm_msg", new { comm_id = "c1", data = new { } });
        var said = await client.UntilIdleAsync(id);

        Assert.Equal("""{"comms":{},"status":"ok"}""", info.Content.GetRawText());
        Assert.Equal(["busy", "comm_close", "idle"], opened.Select(message => message.Summary));
        Assert.Equal("c1", opened[1].Text("comm_id"));
        Assert.Equal(["busy", "idle"], said.Select(message => message.Summary));
    }

    [Fact]
    public async Task A_type_that_nobody_knows_gets_no_reply_and_a_line_in_the_log()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var id = await client.SendAsync(client.Shell, "debug_request", new { });
        var published = await client.UntilIdleAsync(id);
        var (reply, _) = await client.AskAsync(client.Shell, "kernel_info_request", new { });

        Assert.Equal(["busy", "idle"], published.Select(message => message.Summary));
        Assert.Equal("kernel_info_reply", reply.Type);
        Assert.Contains("does not serve", kernel.LogText);
    }

    [Fact]
    public async Task History_is_served()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        await client.RunAsync("return 1");
        await client.RunAsync("fail 2");

        var (tail, _) = await client.AskAsync(client.Shell, "history_request", new { hist_access_type = "tail", n = 5, output = true, raw = true });
        var (wrong, _) = await client.AskAsync(client.Shell, "history_request", new { hist_access_type = "sideways" });

        Assert.Equal("""[[1,1,["return 1","1"]],[1,2,["fail 2",null]]]""", tail.Content.GetProperty("history").GetRawText());
        Assert.Equal(("error", "BadRequest"), (wrong.Text("status"), wrong.Text("ename")));
    }
}
