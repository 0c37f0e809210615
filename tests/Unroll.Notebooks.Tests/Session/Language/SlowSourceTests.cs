using System.Net;
using System.Net.Sockets;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A source of packages that takes its time.</summary>
public sealed class SlowSourceTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    /// <summary>The cell has a second of its own, of which it spends none while it waits for the source.</summary>
    [Fact]
    public async Task Waiting_for_packages_does_not_count_as_the_cells_time()
    {
        using var folder = new TempFolder();
        using var source = new TcpListener(IPAddress.Loopback, 0);
        source.Start();
        _ = AnswerLateAsync(source);
        new NotebookBuilder()
            .Code($"#i \"nuget: http://{source.LocalEndpoint}/index.json\"\n#r \"nuget: Unroll.Test.Nowhere, 1.0.0\"", "raises-exception")
            .Code("System.Threading.Thread.Sleep(60_000);")
            .Save(folder["notebooks"], "a.ipynb");
        await File.WriteAllTextAsync(folder["notebooks", "nuget.config"], """
            <configuration>
              <packageSources><clear /></packageSources>
            </configuration>
            """, TestContext.Current.CancellationToken);
        await Cli.RunAsync(folder.Path, folder["data"], ["--timeout", "1.5"]);
        var cells = new ExecutedNotebook(folder["artifacts", "notebooks", "a.ipynb"]).Cells;
        Assert.Equal("DirectiveError", cells[0].Error.Name);
        Assert.Contains("Unroll.Test.Nowhere, 1.0.0 cannot be restored", cells[0].Error.Value, StringComparison.Ordinal);
        Assert.Equal("CellTimeout", cells[1].Error.Name);
    }

    private static async Task AnswerLateAsync(TcpListener source)
    {
        try
        {
            while (true)
                _ = AnswerLateAsync(await source.AcceptTcpClientAsync(TestContext.Current.CancellationToken));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task AnswerLateAsync(TcpClient client)
    {
        using (client)
        {
            await Task.Delay(Delay);
            await client.GetStream().WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
    }
}
