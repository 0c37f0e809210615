using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Unroll.Browser.Tests.Browsing;

/// <summary>A page of the browser, and all that went wrong in it: console errors, exceptions, requests that failed.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _problems = new();

    /// <summary>Watches <paramref name="page"/> from now on.</summary>
    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _problems.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _problems.Enqueue($"exception: {error}");
        page.RequestFailed += (_, request) => _problems.Enqueue($"request failed: {request.Url} ({request.Failure})");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                _problems.Enqueue($"{response.Status}: {response.Url}");
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What went wrong so far, one line each.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Writes what the window shows to <c>artifacts/screenshots/NAME.png</c>.</summary>
    public Task ScreenshotAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf("artifacts", "screenshots", $"{name}.png") });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
