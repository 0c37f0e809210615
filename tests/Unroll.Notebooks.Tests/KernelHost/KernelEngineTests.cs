using System.Diagnostics;
using System.Globalization;
using Unroll.Notebooks.Tests.Jupyter;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.KernelHost;

/// <summary>One kernel for all these tests, which run one after the other, each with a front end of its own.</summary>
public sealed class KernelEngineTests(KernelProcess kernel) : IClassFixture<KernelProcess>, IAsyncLifetime
{
    private JupyterClient Client { get; set; } = null!;

    public async ValueTask InitializeAsync() => Client = await kernel.ConnectAsync();

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Everything_a_cell_shows_comes_in_order()
    {
        var (reply, published) = await Client.RunAsync("""
            Console.Write("a");
            Console.Error.Write("b");
            var shown = display("first", "text/plain");
            shown.Update("second");
            ClearOutput(wait: true);
            6 * 7
            """);

        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(
            ["busy", "execute_input", "stream", "stream", "display_data", "update_display_data", "clear_output", "execute_result", "idle"],
            published.Select(message => message.Summary));
        Assert.Equal(("stdout", "a"), (published[2].Text("name"), published[2].Text("text")));
        Assert.Equal(("stderr", "b"), (published[3].Text("name"), published[3].Text("text")));
        Assert.Equal(("first", "second"), (published[4].Plain, published[5].Plain));
        Assert.True(published[6].Content.GetProperty("wait").GetBoolean());
        Assert.Equal("42", published[7].Plain);
    }

    [Theory]
    [InlineData("\"{\\\"a\\\":\\\"\\\\ud800\\\"}\".DisplayAs(\"application/json\");")]
    [InlineData("\"{\\\"a\\\":1,\\\"a\\\":2}\".DisplayAs(\"application/json\");")]
    [InlineData("new string('[', 2000).DisplayAs(\"application/vnd.plotly.v1+json\");")]
    [InlineData("Console.Write(\"\\ud800\"); \"\\udc00\".Display();")]
    [InlineData("extension(int number) { }")]
    public async Task Whatever_a_cell_shows_the_variables_stay(string code)
    {
        await Client.RunAsync("var keep = 42;");
        await Client.RunAsync(code);
        var (reply, published) = await Client.RunAsync("keep");
        Assert.Equal(("ok", "42"), (reply.Text("status"), published.Single(message => message.Type == "execute_result").Plain));
    }

    [Theory]
    [InlineData("A<", 20_000)]
    [InlineData("[", 4_000)]
    [InlineData("a?[", 18)]
    public async Task Questions_about_absurd_code_have_no_answer_and_the_variables_stay(string piece, int times)
    {
        await Client.RunAsync("var keep = 42;");
        var code = string.Concat(Enumerable.Repeat(piece, times));
        var (whole, _) = await Client.AskAsync(Client.Shell, "is_complete_request", new { code });
        Assert.Equal("unknown", whole.Text("status"));
        foreach (var question in new[] { "complete", "inspect" })
        {
            var (answer, _) = await Client.AskAsync(Client.Shell, $"{question}_request", new { code, cursor_pos = code.Length, detail_level = 0 });
            Assert.Equal(($"{question}_reply", "ok"), (answer.Type, answer.Text("status")));
        }

        var (_, published) = await Client.RunAsync("keep");
        Assert.Equal("42", published.Single(message => message.Type == "execute_result").Plain);
    }

    [Fact]
    public async Task An_error_points_into_the_cell()
    {
        var (reply, published) = await Client.RunAsync("var fine = 1;\nthrow new FormatException(\"no\");");

        Assert.Equal(("error", "FormatException", "no"), (reply.Text("status"), reply.Text("ename"), reply.Text("evalue")));
        var error = published.Single(message => message.Type == "error");
        Assert.Matches(@"Cell\[\d+\], line 2", error.Content.GetProperty("traceback").ToString());
    }

    [Theory]
    [InlineData("Console.ReadLine()", "", false, "<Ada>")]
    [InlineData("await Kernel.GetInputAsync(\"Who?\")", "Who?", false, "<Ada>")]
    [InlineData("await GetInputAsync(\"Where?\", \"file\")", "Where? [file]", false, "<Ada>")]
    [InlineData("await GetPasswordAsync(\"Secret?\")", "Secret?", true, "<************>")]
    [InlineData("(await Kernel.GetPasswordAsync()).GetClearTextPassword()", "", true, "<Ada>")]
    public async Task A_cell_asks_by_every_name_there_is(string call, string prompt, bool isPassword, string printed)
    {
        var id = await Client.SendCodeAsync($"using Microsoft.DotNet.Interactive;\nvar line = {call};\nConsole.Write($\"<{{line}}>\");");
        var (question, reply) = await QuestionAsync();
        await Client.SendAsync(Client.Stdin, "input_reply", new { value = "Ada" });
        var published = await Client.UntilIdleAsync(id);
        await reply;

        Assert.Equal((prompt, isPassword), (question.Text("prompt"), question.Content.GetProperty("password").GetBoolean()));
        Assert.Equal(printed, published.Single(message => message.Type == "stream").Text("text"));
    }

    [Theory]
    [InlineData("#!set --name line --value @input:\"Who?\"", "Who?", false, "<Ada>")]
    [InlineData("#!set --name line --value @password:{\"prompt\": \"Secret?\"}", "Secret?", true, "<************>")]
    [InlineData("#!value --name kept --from-value @input\n#!csharp\n#!share --from value kept --as line", "Please enter a value for kept", false, "<Ada>")]
    public async Task A_line_for_the_host_asks_too(string lines, string prompt, bool isPassword, string printed)
    {
        var id = await Client.SendCodeAsync($"{lines}\n#!csharp\nConsole.Write($\"<{{line}}>\");");
        var (question, reply) = await QuestionAsync();
        await Client.SendAsync(Client.Stdin, "input_reply", new { value = "Ada" });
        var published = await Client.UntilIdleAsync(id);
        await reply;

        Assert.Equal((prompt, isPassword), (question.Text("prompt"), question.Content.GetProperty("password").GetBoolean()));
        Assert.Equal(printed, published.Single(message => message.Type == "stream").Text("text"));
    }

    [Fact]
    public async Task A_password_that_is_a_cells_value_stays_hidden()
    {
        var id = await Client.SendCodeAsync("await GetPasswordAsync()");
        var (_, reply) = await QuestionAsync();
        await Client.SendAsync(Client.Stdin, "input_reply", new { value = "swordfish" });
        var published = await Client.UntilIdleAsync(id);
        await reply;

        var result = published.Single(message => message.Type == "execute_result");
        Assert.DoesNotContain("swordfish", result.Content.ToString());
        Assert.Contains("****", result.Plain);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(1_000_000);")]
    [InlineData("await Task.Delay(1_000_000);")]
    [InlineData("Console.ReadLine();")]
    [InlineData("await Microsoft.DotNet.Interactive.Kernel.Root.SendAsync(new Microsoft.DotNet.Interactive.Commands.SubmitCode(\"while (true) { }\"));")]
    public async Task An_interrupt_keeps_the_variables(string endless)
    {
        await Client.RunAsync("var kept = 123;");
        await Client.SendCodeAsync($"Console.WriteLine(\"begun\");\n{endless}");
        await UntilStreamAsync();

        await Client.AskAsync(Client.Control, "interrupt_request", new { });
        var reply = await Client.ReceiveAsync(Client.Shell);
        // What the cell left behind is collected sooner or later; nothing more is said of it then.
        var (_, collecting) = await Client.RunAsync("GC.Collect();\nGC.WaitForPendingFinalizers();");
        var (_, published) = await Client.RunAsync("kept");

        Assert.True(reply.Text("ename") == "Interrupted", reply.Content.ToString());
        Assert.Equal("error", reply.Text("status"));
        Assert.Contains("are kept", reply.Text("evalue"));
        Assert.True(collecting.Count == 3, string.Join('\n', collecting.Select(message => $"{message.Type} {message.Content}")));
        Assert.True(
            published.SingleOrDefault(message => message.Type == "execute_result")?.Plain == "123",
            string.Join('\n', published.Select(message => $"{message.Type} {message.Content}")));
    }

    [Fact]
    public async Task So_does_every_further_one_whatever_the_cell_does()
    {
        string[] cells =
        [
            "while (true) { }",
            "while (true) { } // again",
            "var n = 0L; while (true) n += Next(n);",
            "var list = new List<string>(); do { list.Add(new string('x', 100)); if (list.Count > 1000) list.Clear(); } while (true);",
            "while (true) Enumerable.Range(0, 1000).Select(i => i.ToString()).ToList();",
            "foreach (var i in Endless()) foreach (var j in Endless()) if (j > 1000) break;",
            "await Task.Delay(10); while (true) { }",
            "await Task.Yield(); var m = 0L; for (;;) m += Next(m);",
            "while (true) await Task.Yield();",
            "while (true) try { throw new FormatException(); } catch (FormatException) { }",
            "Slow(100)",
            "System.Threading.Thread.Sleep(1_000_000);",
            "Console.ReadLine();",
            "await Task.Delay(1_000_000);",
            "Parallel.For(0, 1_000_000_000, i => { while (true) { } });",
        ];
        await Client.RunAsync("""
            using System.Runtime.CompilerServices;
            var kept = Environment.ProcessId;
            [MethodImpl(MethodImplOptions.NoInlining)] static long Next(long n) => 3 * n + 1;
            static int Slow(int n) => n < 2 ? n : Slow(n - 1) + Slow(n - 2);
            var rounds = 0L;
            var aside = new System.Threading.Thread(() => { while (true) { rounds++; System.Threading.Thread.Sleep(1); } }) { IsBackground = true };
            aside.Start();
            static IEnumerable<int> Endless() { for (var i = 0; ; i++) yield return i; }
            """);
        foreach (var cell in cells)
        {
            await Client.SendCodeAsync($"Console.WriteLine(\"begun\");\n{cell}");
            await UntilStreamAsync();
            await Client.AskAsync(Client.Control, "interrupt_request", new { });
            var reply = await Client.ReceiveAsync(Client.Shell);
            Assert.True(reply.Text("evalue")?.Contains("are kept", StringComparison.Ordinal), $"{cell}: {reply.Content}");
        }

        // Nothing of the stops is left on the thread that waits now, and what an earlier cell started goes on.
        var (last, published) = await Client.RunAsync(
            "var before = rounds;\nSystem.Threading.Thread.Sleep(100);\nkept == Environment.ProcessId && rounds > before");
        Assert.True(last.Text("status") == "ok", last.Content.ToString());
        Assert.Equal("True", published.Single(message => message.Type == "execute_result").Plain);
    }

    [Fact]
    public async Task Ctrl_C_in_the_terminal_of_the_front_end_is_not_for_the_kernel()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends Unix signals");
        await Client.RunAsync("var kept = 5;");

        await Processes.SignalAsync("INT", kernel.Id);

        var (_, published) = await Client.RunAsync("kept");
        Assert.Equal("5", published.Single(message => message.Type == "execute_result").Plain);
    }

    [Fact]
    public async Task A_cell_that_cannot_be_interrupted_is_stopped_with_its_process_and_that_is_said()
    {
        await Client.RunAsync("var lost = 1;");
        await Client.SendCodeAsync("try { } finally { Console.WriteLine(\"begun\"); again: try { System.Threading.Thread.Sleep(-1); } catch { } goto again; }");
        await UntilStreamAsync();

        await Client.AskAsync(Client.Control, "interrupt_request", new { });
        var reply = await Client.ReceiveAsync(Client.Shell);
        var (after, _) = await Client.RunAsync("lost");

        Assert.Equal("Interrupted", reply.Text("ename"));
        Assert.Contains("its process was stopped", reply.Text("evalue"));
        Assert.Contains("run the cells again", reply.Content.GetProperty("traceback").ToString());
        Assert.Equal("CompilationError", after.Text("ename"));
    }

    [Fact]
    public async Task A_process_that_dies_between_cells_is_replaced_and_that_is_said()
    {
        var (_, published) = await Client.RunAsync("Environment.ProcessId");
        var id = int.Parse(published.Single(message => message.Type == "execute_result").Plain!, CultureInfo.InvariantCulture);
        using (var process = Process.GetProcessById(id))
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // The kernel learns of it in its own time: the cell either meets the dead process or its successor.
        var (reply, said) = await Client.RunAsync("1 + 1");
        var text = string.Join('\n', said.Where(message => message.Type is "stream" or "error").Select(message => message.Content.ToString()));
        Assert.Contains("variables are gone", text);
        Assert.True(reply.Text("status") is "ok" || reply.Text("ename") is "ProcessKilled" or "ProcessExit", reply.Content.ToString());
        Assert.Equal("ok", (await Client.RunAsync("1 + 1")).Reply.Text("status"));
    }

    [Fact]
    public async Task A_completion_before_the_next_cell_does_not_hide_that_the_variables_are_gone()
    {
        var (_, published) = await Client.RunAsync("Environment.ProcessId");
        using (var process = Process.GetProcessById(int.Parse(published.Single(message => message.Type == "execute_result").Plain!, CultureInfo.InvariantCulture)))
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // Until one is answered by the new process: the kernel learns of the end of the old one in its own time.
        while ((await Client.AskAsync(Client.Shell, "complete_request", new { code = "Console.Wr", cursor_pos = 10 })).Reply.Text("status") != "ok")
        {
        }

        var (reply, said) = await Client.RunAsync("1 + 1");
        Assert.Equal("ok", reply.Text("status"));
        Assert.Contains("variables are gone", said.Single(message => message.Type == "stream").Text("text"));
    }

    [Fact]
    public async Task A_question_mark_opens_the_pager()
    {
        var (reply, published) = await Client.RunAsync("Math.Max?");

        var page = reply.Content.GetProperty("payload")[0];
        Assert.Equal("page", page.GetProperty("source").GetString());
        Assert.Contains("Max(int val1, int val2)", page.GetProperty("data").GetProperty("text/plain").GetString());
        Assert.Equal(["busy", "execute_input", "idle"], published.Select(message => message.Summary));
    }

    [Fact]
    public async Task Help_for_what_is_not_there_says_so_and_fails_nothing()
    {
        var (reply, published) = await Client.RunAsync("?nothingOfThatName");

        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal("Nothing is known as nothingOfThatName.\n", published.Single(message => message.Type == "stream").Text("text"));
    }

    [Theory]
    [InlineData("#!ti", "#!time", 0)]
    [InlineData("var x = 1;\n#!sha", "#!share", 11)]
    [InlineData("#!set --na", "--name", 6)]
    [InlineData("#r \"nuget: dynamico", "dynamicobj", 11)]
    [InlineData("#r \"nuget: DynamicObj, 8.", "8.0.0", 23)]
    [InlineData("#load \"script", "script.csx", 7)]
    [InlineData("string.Join(sep", "separator:", 12)]
    [InlineData("string.Join(separator: \", \", val", "values:", 29)]
    [InlineData("new UriBuilder(\"a\") { Ho", "Host", 22)]
    [InlineData("new UriBuilder(sch", "schemeName:", 15)]
    public async Task Words_of_the_host_packages_files_and_what_a_call_takes_are_completed(string code, string expected, int start)
    {
        await Client.RunAsync("System.IO.File.WriteAllText(\"script.csx\", \"1\");");
        var (reply, _) = await Client.AskAsync(Client.Shell, "complete_request", new { code, cursor_pos = code.Length });
        var matches = reply.Content.GetProperty("matches").EnumerateArray().Select(match => match.GetString()).ToList();
        Assert.Contains(expected, matches);
        Assert.Equal(start, reply.Content.GetProperty("cursor_start").GetInt32());
    }

    [Fact]
    public async Task Variables_of_earlier_cells_are_completed_and_described()
    {
        await Client.RunAsync("var carrots = new List<int> { 1, 2 };");

        var (names, _) = await Client.AskAsync(Client.Shell, "complete_request", new { code = "carr", cursor_pos = 4 });
        var (members, _) = await Client.AskAsync(Client.Shell, "complete_request", new { code = "carrots.Sele", cursor_pos = 12 });
        var (about, _) = await Client.AskAsync(Client.Shell, "inspect_request", new { code = "carrots", cursor_pos = 7, detail_level = 0 });

        Assert.Contains("carrots", names.Content.GetProperty("matches").EnumerateArray().Select(match => match.GetString()));
        Assert.Contains("Select", members.Content.GetProperty("matches").EnumerateArray().Select(match => match.GetString()));
        Assert.Equal("List<int> carrots", about.Plain!.Split('\n')[0].Replace("System.Collections.Generic.", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Expressions_beside_a_cell_have_their_values()
    {
        var (reply, _) = await Client.AskAsync(
            Client.Shell, "execute_request", new { code = "var side = 20;", user_expressions = new { twice = "2 * side", bad = "missing" } });

        var values = reply.Content.GetProperty("user_expressions");
        Assert.Equal("40", values.GetProperty("twice").GetProperty("data").GetProperty("text/plain").GetString());
        Assert.Equal("error", values.GetProperty("bad").GetProperty("status").GetString());
    }

    /// <summary>What the cell asks, and its reply to come; a cell that ends without asking fails the test with what it replies.</summary>
    private async Task<(JupyterMessage Question, Task<JupyterMessage> Reply)> QuestionAsync()
    {
        var reply = Client.ReceiveAsync(Client.Shell);
        var question = Client.ReceiveAsync(Client.Stdin);
        if (await Task.WhenAny(question, reply) == reply)
            Assert.Fail((await reply).Content.ToString());
        return (await question, reply);
    }

    private async Task UntilStreamAsync()
    {
        while ((await Client.ReceiveAsync(Client.Iopub)).Type != "stream")
        {
            // Until the cell runs.
        }
    }
}
