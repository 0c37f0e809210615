using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Watching;

/// <summary>Notebooks run again when they or their files change, and a browser sees it.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly TempFolder _folder = new();
    private readonly HttpClient _browser = new() { Timeout = Limit };

    public void Dispose()
    {
        _browser.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_changed_notebook_or_file_is_run_again_and_what_a_run_writes_is_not_a_change()
    {
        var data = _folder["lessons", "data.txt"];
        const string Code = "System.IO.File.WriteAllText(\"written.txt\", DateTime.UtcNow.Ticks.ToString());\nConsole.WriteLine(\"data: \" + System.IO.File.ReadAllText(\"data.txt\"));";
        new NotebookBuilder().Code(Code).Save(_folder["lessons"], "a.ipynb");
        new NotebookBuilder().Code("Console.WriteLine(\"other\");").Save(_folder["lessons"], "b.ipynb");
        await File.WriteAllTextAsync(data, "first", Cancel);
        using var watch = Cli.StartVerb(_folder.Path, "watch", "lessons", "--output", "out");
        try
        {
            var address = (await watch.StandardOutput.ReadLineAsync(Cancel))!.Split(' ')[4];
            _ = watch.StandardOutput.ReadToEndAsync(Cancel);
            Assert.Equal(1, await PagesAfterAsync(address, 0));
            Assert.Contains("data: first", await _browser.GetStringAsync($"{address}pages/a.html", Cancel), StringComparison.Ordinal);
            Assert.Contains("a.html", await _browser.GetStringAsync($"{address}pages/index.html", Cancel), StringComparison.Ordinal);

            await File.WriteAllTextAsync(data, "second, longer", Cancel);
            Assert.Equal(2, await PagesAfterAsync(address, 1));
            Assert.Contains("data: second, longer", await _browser.GetStringAsync($"{address}pages/a.html", Cancel), StringComparison.Ordinal);

            new NotebookBuilder().Code("Console.WriteLine(\"changed\");").Save(_folder["lessons"], "b.ipynb");
            Assert.Equal(3, await PagesAfterAsync(address, 2));
            Assert.Contains("changed", await _browser.GetStringAsync($"{address}pages/b.html", Cancel), StringComparison.Ordinal);
            await Task.Delay(1500, Cancel);
            Assert.Equal(3, (await StateAsync(address)).GetProperty("pages").GetInt32());
        }
        finally
        {
            watch.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task The_server_gives_pages_alone_and_answers_to_its_own_name()
    {
        new NotebookBuilder().Code("1").Save(_folder["lessons"], "a.ipynb");
        await File.WriteAllTextAsync(_folder["secret.html"], "secret", Cancel);
        using var watch = Cli.StartVerb(_folder.Path, "watch", "lessons", "--output", "out");
        try
        {
            var address = (await watch.StandardOutput.ReadLineAsync(Cancel))!.Split(' ')[4];
            Assert.Contains("<iframe", await _browser.GetStringAsync(address, Cancel), StringComparison.Ordinal);
            foreach (var path in new[] { "pages/..%2fsecret.html", "pages/%2e%2e/secret.html", "pages/..%5csecret.html", "pages//etc/passwd", "secret.html", "pages/missing.html" })
                Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(address + path, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _browser.PostAsync(address, content: null, Cancel)).StatusCode);
            using var byAnotherName = new HttpRequestMessage(HttpMethod.Get, address);
            byAnotherName.Headers.Host = "evil.example";
            Assert.NotEqual(HttpStatusCode.OK, (await _browser.SendAsync(byAnotherName, Cancel)).StatusCode);

            var port = new Uri(address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            using var second = Cli.StartVerb(_folder.Path, "watch", "lessons", "--port", port);
            var result = await Cli.FinishAsync(second);
            Assert.Equal(2, result.ExitCode);
            Assert.StartsWith($"port {port} cannot be used: ", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            watch.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("missing.ipynb", "missing.ipynb: no such file or folder\n")]
    [InlineData("--port=70000", "--port needs a number from 1 to 65535.\nRun with --help to see the options.\n")]
    public async Task What_is_named_wrong_is_said(string argument, string error)
    {
        using var watch = Cli.StartVerb(_folder.Path, "watch", argument);
        var result = await Cli.FinishAsync(watch);
        Assert.Equal((2, "", error), (result.ExitCode, result.Output, result.Error));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<int> PagesAfterAsync(string address, int pages)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Limit;)
        {
            var state = await StateAsync(address);
            if (state.GetProperty("pages").GetInt32() is var now && now > pages)
                return now;
            await Task.Delay(100, Cancel);
        }

        throw new TimeoutException($"no new pages after {Limit}");
    }

    private async Task<JsonElement> StateAsync(string address) => JsonDocument.Parse(await _browser.GetStringAsync($"{address}state", Cancel)).RootElement;
}
