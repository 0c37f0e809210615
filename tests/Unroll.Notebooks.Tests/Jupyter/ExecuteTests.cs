using System.Text.Json;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class ExecuteTests
{
    [Fact]
    public async Task A_cell_is_told_of_in_the_order_of_the_protocol()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, published) = await client.RunAsync("print hello\ncomplain beware\nshow a\nupdate b\nclear later\nreturn 42");

        Assert.Equal(
            ["busy", "execute_input", "stream", "stream", "display_data", "update_display_data", "clear_output", "execute_result", "idle"],
            published.Select(message => message.Summary));
        Assert.Equal(1, published[1].Content.GetProperty("execution_count").GetInt32());
        Assert.Equal(("stdout", "hello\n"), (published[2].Text("name"), published[2].Text("text")));
        Assert.Equal(("stderr", "beware\n"), (published[3].Text("name"), published[3].Text("text")));
        Assert.Equal("shown", published[4].Content.GetProperty("transient").GetProperty("display_id").GetString());
        Assert.Equal("b", published[5].Plain);
        Assert.Equal("shown", published[5].Content.GetProperty("transient").GetProperty("display_id").GetString());
        Assert.True(published[6].Content.GetProperty("wait").GetBoolean());
        Assert.Equal("42", published[7].Plain);
        Assert.Equal(1, published[7].Content.GetProperty("execution_count").GetInt32());
        Assert.Equal("execute_reply", reply.Type);
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(1, reply.Content.GetProperty("execution_count").GetInt32());
        Assert.Equal("front-end", reply.Parent.GetProperty("session").GetString());
        Assert.Equal("5.4", reply.Header.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Output_comes_while_the_cell_runs()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var id = await client.SendCodeAsync("print first\nprint second\nwait");
        var text = "";
        while (!text.EndsWith("second\n", StringComparison.Ordinal))
        {
            var message = await client.ReceiveAsync(client.Iopub);
            text += message.Type == "stream" ? message.Text("text") : "";
        }

        Assert.Equal("first\nsecond\n", text);
        await client.AskAsync(client.Control, "interrupt_request", new { });
        Assert.Equal(id, (await client.ReceiveAsync(client.Shell)).ParentId);
    }

    [Fact]
    public async Task A_loop_that_prints_is_neither_a_message_a_line_nor_cut()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (_, published) = await client.RunAsync("many 100000");

        var pieces = published.Where(message => message.Type == "stream").Select(message => message.Text("text")!).ToList();
        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i}\n")), string.Concat(pieces));
        Assert.InRange(pieces.Count, 2, 2_000);
    }

    [Fact]
    public async Task Half_a_character_waits_for_its_other_half()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (_, published) = await client.RunAsync("halves 😀 𝄞");

        var pieces = published.Where(message => message.Type == "stream").Select(message => message.Text("text")!).ToList();
        Assert.Equal("😀 𝄞", string.Concat(pieces));
    }

    [Fact]
    public async Task A_character_that_stays_half_does_no_harm()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, published) = await client.RunAsync("print <\ud83d>");
        await client.RunAsync("show \udc00");

        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal("<\ufffd>\n", published.Single(message => message.Type == "stream").Text("text"));
    }

    [Fact]
    public async Task Json_views_are_sent_as_json()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (_, published) = await client.RunAsync("json {\"a\":[1,2]}");

        var data = published.Single(message => message.Type == "display_data").Content.GetProperty("data");
        Assert.Equal(2, data.GetProperty("application/json").GetProperty("a").GetArrayLength());
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("[\ud800]")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task What_is_not_json_is_sent_as_text(string text)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, published) = await client.RunAsync($"json {text}");

        var data = published.Single(message => message.Type == "display_data").Content.GetProperty("data");
        Assert.Equal(text.Replace('\ud800', '\ufffd'), data.GetProperty("application/json").GetString());
        Assert.Equal("ok", reply.Text("status"));
    }

    [Fact]
    public async Task An_error_is_published_and_replied()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, published) = await client.RunAsync("print before\nfail oh no\nprint never");

        Assert.Equal(["busy", "execute_input", "stream", "error", "idle"], published.Select(message => message.Summary));
        foreach (var content in new[] { published[3], reply })
        {
            Assert.Equal("FakeError", content.Text("ename"));
            Assert.Equal("oh no", content.Text("evalue"));
            Assert.Equal(2, content.Content.GetProperty("traceback").GetArrayLength());
        }

        Assert.Equal("error", reply.Text("status"));
    }

    [Fact]
    public async Task An_engine_that_breaks_is_an_error_of_the_cell()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, _) = await client.RunAsync("throw the engine broke");
        var (next, _) = await client.RunAsync("print still here");

        Assert.Equal(("InvalidDataException", "the engine broke"), (reply.Text("ename"), reply.Text("evalue")));
        Assert.Equal("ok", next.Text("status"));
    }

    [Fact]
    public async Task A_silent_cell_shows_counts_and_remembers_nothing()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        await client.RunAsync("print one");

        var (reply, published) = await client.AskAsync(
            client.Shell, "execute_request", new { code = "print x\nshow y\nreturn z\nfail w", silent = true, store_history = true });
        var (history, _) = await client.AskAsync(client.Shell, "history_request", new { hist_access_type = "tail", n = 10 });

        Assert.Equal(["busy", "idle"], published.Select(message => message.Summary));
        Assert.Equal(("error", 1), (reply.Text("status"), reply.Content.GetProperty("execution_count").GetInt32()));
        Assert.Equal("""[[1,1,"print one"]]""", history.Content.GetProperty("history").GetRawText());
        Assert.Equal(new RunCell(1, "print x\nshow y\nreturn z\nfail w", "csharp") { AllowsInput = true }, kernel.Engine.Ran[^1]);
    }

    [Fact]
    public async Task A_cell_outside_the_history_is_shown_but_not_counted()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (first, published) = await client.AskAsync(client.Shell, "execute_request", new { code = "print x", store_history = false });
        var (second, _) = await client.RunAsync("print y");

        Assert.Contains(published, message => message.Type == "stream");
        Assert.Equal(0, first.Content.GetProperty("execution_count").GetInt32());
        Assert.Equal(1, second.Content.GetProperty("execution_count").GetInt32());
    }

    [Fact]
    public async Task User_expressions_are_evaluated_beside_a_cell_that_succeeded()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var expressions = new { good = "x", wrong = "bad" };
        var (reply, _) = await client.AskAsync(client.Shell, "execute_request", new { code = "print x", user_expressions = expressions });
        var (failed, _) = await client.AskAsync(client.Shell, "execute_request", new { code = "fail x", user_expressions = expressions });

        var values = reply.Content.GetProperty("user_expressions");
        Assert.Equal("x!", values.GetProperty("good").GetProperty("data").GetProperty("text/plain").GetString());
        Assert.Equal("ok", values.GetProperty("good").GetProperty("status").GetString());
        Assert.Equal("bad expression", values.GetProperty("wrong").GetProperty("evalue").GetString());
        Assert.Equal("error", values.GetProperty("wrong").GetProperty("status").GetString());
        Assert.Empty(failed.Content.GetProperty("user_expressions").EnumerateObject());
    }

    [Fact]
    public async Task A_page_is_a_payload_of_the_reply()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, _) = await client.RunAsync("Help?");

        var page = Assert.Single(reply.Content.GetProperty("payload").EnumerateArray());
        Assert.Equal("page", page.GetProperty("source").GetString());
        Assert.Equal("help text", page.GetProperty("data").GetProperty("text/plain").GetString());
    }

    [Fact]
    public async Task Cells_behind_one_that_failed_are_aborted_and_later_ones_run()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        await client.SendCodeAsync("sleep 300\nfail first");
        await client.SendCodeAsync("print never");
        await client.SendAsync(client.Shell, "is_complete_request", new { code = "1" });
        await client.SendCodeAsync("print never either");
        var replies = new List<JupyterMessage>();
        for (var i = 0; i < 4; i++)
            replies.Add(await client.ReceiveAsync(client.Shell));
        var (after, published) = await client.RunAsync("print after");

        Assert.Equal(["error", "aborted", "complete", "aborted"], replies.Select(reply => reply.Text("status")));
        Assert.Equal("ok", after.Text("status"));
        Assert.Equal(2, after.Content.GetProperty("execution_count").GetInt32());
        Assert.Contains(published, message => message.Type == "stream");
        Assert.Equal(2, kernel.Engine.Ran.Count);
    }

    [Fact]
    public async Task Without_stop_on_error_the_cells_behind_run()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        await client.SendAsync(client.Shell, "execute_request", new { code = "sleep 200\nfail first", stop_on_error = false });
        await client.SendCodeAsync("print second");

        Assert.Equal("error", (await client.ReceiveAsync(client.Shell)).Text("status"));
        Assert.Equal("ok", (await client.ReceiveAsync(client.Shell)).Text("status"));
    }

    [Fact]
    public async Task What_a_cell_shows_after_its_end_still_belongs_to_it()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, _) = await client.RunAsync("later done at last");
        var late = await client.ReceiveAsync(client.Iopub);

        Assert.Equal(("stream", "done at last"), (late.Type, late.Text("text")));
        Assert.Equal(reply.ParentId, late.ParentId);
    }

    [Theory]
    [InlineData("""{"code": 7}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"code": "print x", "user_expressions": {"a": 1}}""")]
    [InlineData("""{"code": "print x", "silent": "yes"}""")]
    [InlineData("""{"code": "print""")]
    public async Task A_request_that_is_not_what_it_should_be_gets_an_error_reply(string content)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, published) = await client.AskAsync(client.Shell, "execute_request", content);

        Assert.Equal(("execute_reply", "error", "BadRequest"), (reply.Type, reply.Text("status"), reply.Text("ename")));
        Assert.Equal(["busy", "idle"], published.Select(message => message.Summary));
        Assert.Empty(kernel.Engine.Ran);
    }

    [Fact]
    public async Task The_parent_of_an_answer_is_the_header_to_the_letter()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        const string Header = """{"msg_id":"x","session":"s","msg_type":"execute_request","username":null,"extra":{"deep":[1.50,"ü"]}}""";

        await client.Shell.SendAsync(JupyterMessage.Write(RunningKernel.Key, "x", "execute_request", """{"code":"print x"}""", Header));
        var reply = await client.ReceiveAsync(client.Shell);

        Assert.Equal(Header, reply.Parent.GetRawText());
        Assert.Equal(JsonValueKind.String, reply.Metadata.GetProperty("started").ValueKind);
    }
}
