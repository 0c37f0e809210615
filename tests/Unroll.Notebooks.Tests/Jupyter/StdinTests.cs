namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class StdinTests
{
    [Theory]
    [InlineData("ask", false)]
    [InlineData("secret", true)]
    public async Task A_cell_asks_and_gets_the_answer(string verb, bool isPassword)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var id = await client.SendCodeAsync($"{verb} your name?");
        var question = await client.ReceiveAsync(client.Stdin);
        await client.SendAsync(client.Stdin, "input_reply", new { value = "Ada" });
        var published = await client.UntilIdleAsync(id);

        Assert.Equal(("input_request", id), (question.Type, question.ParentId));
        Assert.Equal("your name?", question.Text("prompt"));
        Assert.Equal(isPassword, question.Content.GetProperty("password").GetBoolean());
        Assert.Equal("<Ada>", published.Single(message => message.Type == "stream").Text("text"));
    }

    [Fact]
    public async Task The_front_end_that_sent_the_cell_is_asked_and_no_other()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        using var other = await kernel.ConnectAsync();

        var id = await client.SendCodeAsync("ask name?");
        await client.ReceiveAsync(client.Stdin);
        await other.SendAsync(other.Stdin, "input_reply", new { value = "Mallory" });
        await other.Stdin.SynchronizeAsync();
        await client.SendAsync(client.Stdin, "input_reply", new { value = "Ada" });
        var published = await client.UntilIdleAsync(id);

        Assert.Equal("<Ada>", published.Single(message => message.Type == "stream").Text("text"));
        Assert.Contains("nobody waits for", kernel.LogText);
    }

    [Fact]
    public async Task A_front_end_that_forbids_questions_is_not_asked()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var (reply, _) = await client.AskAsync(client.Shell, "execute_request", new { code = "ask name?", allow_stdin = false });

        Assert.Equal(("error", "InputUnavailableException"), (reply.Text("status"), reply.Text("ename")));
        Assert.Contains("allow_stdin is false", reply.Text("evalue"));
    }

    [Fact]
    public async Task An_interrupt_ends_the_waiting_and_the_late_answer_answers_nothing_else()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        await client.SendCodeAsync("ask first?");
        var first = await client.ReceiveAsync(client.Stdin);
        await client.AskAsync(client.Control, "interrupt_request", new { });
        Assert.Equal("error", (await client.ReceiveAsync(client.Shell)).Text("status"));

        var id = await client.SendCodeAsync("ask second?");
        await client.ReceiveAsync(client.Stdin);
        await client.Stdin.SendAsync(JupyterMessage.Write(
            RunningKernel.Key, "late", "input_reply", """{"value":"late"}""", parent: first.Header.GetRawText()));
        await client.SendAsync(client.Stdin, "input_reply", new { value = "second" });
        var published = await client.UntilIdleAsync(id);

        Assert.Equal("<second>", published.Single(message => message.Type == "stream").Text("text"));
    }

    [Fact]
    public async Task A_front_end_without_stdin_gets_an_error_instead_of_a_cell_that_hangs()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        client.Stdin.Dispose();

        var (reply, _) = await client.RunAsync("sleep 200\nask name?");

        Assert.Equal("InputUnavailableException", reply.Text("ename"));
    }

    [Theory]
    [InlineData("input_reply", """{"value": 7}""")]
    [InlineData("input_reply", "[]")]
    [InlineData("something_else", "{}")]
    public async Task What_is_no_answer_is_dropped(string type, string content)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var id = await client.SendCodeAsync("ask name?");
        await client.ReceiveAsync(client.Stdin);
        await client.SendAsync(client.Stdin, type, content);
        await client.SendAsync(client.Stdin, "input_reply", new { value = "Ada" });
        var published = await client.UntilIdleAsync(id);

        Assert.Equal("<Ada>", published.Single(message => message.Type == "stream").Text("text"));
        Assert.Equal(1, kernel.Log.DropCount);
    }
}
