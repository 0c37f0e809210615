using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Unroll.Browser.Tests.Browsing.Chromium))]

namespace Unroll.Browser.Tests.Browsing;

/// <summary>The machine's own Chromium, without a window; started once, by the first test that opens a page.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Missing = "needs Chromium: apt-get install chromium-headless-shell (or chromium)";

    /// <summary>The same engine: the first has no windows to draw, and takes two thirds of the other's time for these tests.</summary>
    private static readonly string[] Programs = ["chromium-headless-shell", "chromium"];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowserContext Context)>> _running = new(LaunchAsync);

    /// <summary>An empty page. Pages share a cache, as a person's do: what Jupyter is made of is read once.</summary>
    public async Task<WatchedPage> NewPageAsync()
    {
        Tool.Require(Programs, Missing);
        var (_, context) = await _running.Value;
        return new WatchedPage(await context.NewPageAsync());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated)
            return;
        var (driver, context) = await _running.Value;
        await context.Browser!.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowserContext Context)> LaunchAsync()
    {
        // A loaded machine is slow, and no test is about speed.
        Assertions.SetDefaultExpectTimeout(45_000);
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Tool.Require(Programs, Missing),
            IgnoreDefaultArgs = ["--hide-scrollbars"],
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var window = new ViewportSize { Width = 1100, Height = 1200 };
        return (driver, await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = window }));
    }
}
