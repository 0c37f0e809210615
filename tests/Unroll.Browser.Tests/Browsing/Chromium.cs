using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Unroll.Browser.Tests.Browsing.Chromium))]

namespace Unroll.Browser.Tests.Browsing;

/// <summary>The machine's own Chromium, without a window; started once, by the first test that opens a page.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Missing = "needs Chromium: apt-get install chromium";

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _running = new(LaunchAsync);

    /// <summary>An empty page with cookies and a cache of its own.</summary>
    public async Task<WatchedPage> NewPageAsync()
    {
        Tool.Require("chromium", Missing);
        var (_, browser) = await _running.Value;
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1100, Height = 1200 } });
        return new WatchedPage(page);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated)
            return;
        var (driver, browser) = await _running.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> LaunchAsync()
    {
        // A loaded machine is slow, and no test is about speed.
        Assertions.SetDefaultExpectTimeout(45_000);
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Tool.Require("chromium", Missing),
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return (driver, browser);
    }
}
