using System.Net.Sockets;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>
/// The transport ipc: sockets with names in a folder of the user's. On a machine with many users, ports of one are taken by
/// another between the moment that a front end chooses them and the moment that its kernel binds them.
/// </summary>
public sealed class UnixSocketTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string SocketPath => _folder["kernel-1-ipc"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sockets_have_the_names_that_Jupyter_gives_them()
    {
        var file = ConnectionFile.Parse($$"""
            {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "{{SocketPath}}",
             "key": "k", "transport": "ipc", "signature_scheme": "hmac-sha256"}
            """);
        Assert.Equal($"{SocketPath}-4", file.At(file.ControlPort).ToString());
    }

    [Fact]
    public async Task A_front_end_runs_a_cell()
    {
        await using var kernel = new RunningKernel(socketPath: SocketPath);
        using var client = await kernel.ConnectAsync();
        var (reply, published) = await client.RunAsync("print hello");
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(["busy", "execute_input", "idle"], new[] { published[0].Summary, published[1].Type, published[^1].Summary });
    }

    [Fact]
    public async Task The_file_of_a_kernel_that_was_killed_is_in_nobodys_way()
    {
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint($"{SocketPath}-left"));
            File.Copy("/dev/null", $"{SocketPath}-1");
        }

        await using var kernel = new RunningKernel(socketPath: SocketPath);
        using var client = await kernel.ConnectAsync();
        Assert.Equal("ok", (await client.RunAsync("print hello")).Reply.Text("status"));
    }

    [Fact]
    public async Task Nothing_is_left_when_it_ends()
    {
        await using (var kernel = new RunningKernel(socketPath: SocketPath))
            Assert.Equal(5, Directory.GetFileSystemEntries(_folder.Path).Length);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_name_that_is_too_long_for_the_system_is_named()
    {
        var path = _folder[new string('x', 200)];
        var error = Assert.Throws<BadConnectionFileException>(() => new RunningKernel(socketPath: path));
        Assert.Contains($"\"{path}-5\" cannot be the name of a Unix socket", error.Message);
        Assert.Contains("JUPYTER_RUNTIME_DIR", error.Message);
    }
}
