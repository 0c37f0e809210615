using System.Text;
using Unroll.Notebooks.Jupyter.Protocol;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class SignatureTests
{
    private const string Content = """{"code":"print x"}""";

    [Fact]
    public void The_signature_is_that_of_other_implementations()
    {
        // Python: h = hmac.new(key, digestmod=hashlib.sha256); for part in parts: h.update(part); h.hexdigest()
        var signer = new MessageSigner("a0436f6c-1916-498b-8eb9-e81ab9368e84");
        byte[][] parts = ["""{"msg_id":"1"}"""u8.ToArray(), "{}"u8.ToArray(), """{"m":1}"""u8.ToArray(), """{"code":"ü"}"""u8.ToArray()];

        Assert.Equal("a2be5fcd66fd19eed9910e53ce014293eb6c707221817a8ca19a4aa4c93eaf1f", Encoding.ASCII.GetString(signer.Sign(parts)));
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "wrong", "its signature is wrong" },
        { "short", "its signature is wrong" },
        { "missing", "its signature is missing" },
        { "other key", "its signature is wrong" },
        { "changed content", "its signature is wrong" },
        { "changed parent", "its signature is wrong" },
        { "replayed", "it came before" },
        { "no delimiter", "it is not a Jupyter message" },
        { "cut", "it is not a Jupyter message" },
        { "header that is no JSON", "its header is not what it should be" },
        { "header that is an array", "its header is not what it should be" },
        { "header without a type", "its header is not what it should be" },
        { "header of 100 kB", "its header is not what it should be" },
        { "delimiter alone", "it is not a Jupyter message" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_message_that_may_not_be_trusted_is_dropped_and_logged(string change, string reason)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        var message = JupyterMessage.Write(RunningKernel.Key, "bad", "execute_request", Content);
        if (change == "replayed")
        {
            await client.Shell.SendAsync(message);
            await client.ReceiveAsync(client.Shell);
        }

        await client.Shell.SendAsync(Change(message, change));
        await client.Shell.SynchronizeAsync();
        var (reply, _) = await client.RunAsync("print honest");

        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(change == "replayed" ? 2 : 1, kernel.Engine.Ran.Count);
        Assert.Contains($"shell: a message was dropped: {reason}", kernel.LogText);
        Assert.Equal(1, kernel.Log.DropCount);
    }

    [Fact]
    public async Task A_message_that_was_listened_to_cannot_be_sent_by_another_either()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        using var other = await kernel.ConnectAsync();
        var message = JupyterMessage.Write(RunningKernel.Key, "once", "execute_request", Content);
        await client.Shell.SendAsync(message);
        await client.ReceiveAsync(client.Shell);

        await other.Shell.SendAsync(message);
        await other.Control.SendAsync(message);
        await other.Stdin.SendAsync(message);
        await other.Shell.SynchronizeAsync();
        await other.Control.SynchronizeAsync();
        await other.Stdin.SynchronizeAsync();

        Assert.Single(kernel.Engine.Ran);
        Assert.Equal(3, kernel.Log.DropCount);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_signed()
    {
        await using var kernel = new RunningKernel(key: "");
        using var client = await kernel.ConnectAsync();

        var (first, _) = await client.RunAsync("print x");

        Assert.Equal("ok", first.Text("status"));
    }

    [Fact]
    public void Only_so_many_signatures_are_remembered_the_oldest_forgotten_first()
    {
        var guard = new ReplayGuard(capacity: 100);
        var signatures = Enumerable.Range(0, 150).Select(i => Encoding.ASCII.GetBytes(i.ToString("x64"))).ToList();

        Assert.All(signatures, signature => Assert.True(guard.IsNew(signature)));
        Assert.All(signatures[50..], signature => Assert.False(guard.IsNew(signature)));
        Assert.True(guard.IsNew(signatures[49]));
    }

    private static byte[][] Change(byte[][] message, string change) => change switch
    {
        "wrong" => With(message, 1, Encoding.ASCII.GetBytes(new string('a', 64))),
        "short" => With(message, 1, message[1][..63]),
        "missing" => With(message, 1, []),
        "other key" => JupyterMessage.Write("guessed", "bad", "execute_request", Content),
        "changed content" => With(message, 5, """{"code":"print y"}"""u8.ToArray()),
        "changed parent" => With(message, 3, """{ }"""u8.ToArray()),
        "replayed" => message,
        "no delimiter" => message[1..],
        "cut" => message[..5],
        "delimiter alone" => message[..1],
        "header that is no JSON" => Headed("{"),
        "header that is an array" => Headed("[]"),
        "header without a type" => Headed("""{"msg_id":"x","session":"s"}"""),
        "header of 100 kB" => Headed($$"""{"msg_id":"x","session":"s","msg_type":"execute_request","date":"{{new string('x', 100_000)}}"}"""),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static byte[][] Headed(string header) => JupyterMessage.Write(RunningKernel.Key, "bad", "execute_request", Content, header);

    private static byte[][] With(byte[][] message, int place, byte[] part)
    {
        byte[][] changed = [.. message];
        changed[place] = part;
        return changed;
    }
}
