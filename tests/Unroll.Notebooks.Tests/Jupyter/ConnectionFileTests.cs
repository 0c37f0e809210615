using System.Net;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class ConnectionFileTests
{
    private const string Good = """
        {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "127.0.0.1",
         "key": "k", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "x", "jupyter_session": "y"}
        """;

    [Fact]
    public void All_of_it_is_read()
    {
        var file = ConnectionFile.Parse(Good);

        Assert.Equal(new ConnectionFile(IPAddress.Loopback, ShellPort: 1, ControlPort: 4, StdinPort: 3, IopubPort: 2, HeartbeatPort: 5, "k"), file);
    }

    [Theory]
    [InlineData("\"127.0.0.1\"", "\"*\"", "0.0.0.0")]
    [InlineData("\"127.0.0.1\"", "\"::1\"", "::1")]
    [InlineData("\"127.0.0.1\"", "\"localhost\"", "127.0.0.1")]
    public void Addresses_may_have_names(string from, string to, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), ConnectionFile.Parse(Good.Replace(from, to, StringComparison.Ordinal)).Address);

    [Theory]
    [InlineData("\"shell_port\": 1,", "", "\"shell_port\" is missing")]
    [InlineData("\"hb_port\": 5", "\"hb_port\": 70000", "\"hb_port\" is missing, or is not a number from 0 to 65535")]
    [InlineData("\"hb_port\": 5", "\"hb_port\": \"5\"", "\"hb_port\"")]
    [InlineData("\"key\": \"k\",", "", "\"key\" is missing")]
    [InlineData("\"tcp\"", "\"udp\"", "speaks \"tcp\" and \"ipc\" only")]
    [InlineData("hmac-sha256", "hmac-md5", "knows \"hmac-sha256\" only")]
    [InlineData("\"127.0.0.1\"", "\"no.such.host.invalid\"", "not an address of this machine")]
    [InlineData("{", "[", "not JSON")]
    public void What_cannot_be_served_is_named(string from, string to, string expected)
    {
        var changed = Good.Replace(from, to, StringComparison.Ordinal);
        var error = Assert.Throws<BadConnectionFileException>(() => ConnectionFile.Parse(changed));

        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Without_a_key_the_scheme_does_not_matter()
    {
        var file = Good.Replace("\"k\"", "\"\"", StringComparison.Ordinal).Replace("hmac-sha256", "", StringComparison.Ordinal);

        Assert.Equal("", ConnectionFile.Parse(file).Key);
    }

    [Fact]
    public void The_file_is_named_in_errors()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "kernel-1.json");
        var missing = Assert.Throws<BadConnectionFileException>(() => ConnectionFile.Load(path));
        File.WriteAllText(path, "[]");
        var wrong = Assert.Throws<BadConnectionFileException>(() => ConnectionFile.Load(path));
        File.WriteAllText(path, Good);

        Assert.Contains($"'{path}' cannot be read", missing.Message);
        Assert.Contains($"'{path}' cannot be served: it holds no JSON object", wrong.Message);
        Assert.Equal(1, ConnectionFile.Load(path).ShellPort);
    }
}
