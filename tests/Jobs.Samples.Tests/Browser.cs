using Microsoft.Playwright;

namespace Jobs.Samples.Tests;

/// <summary>The machine's Chromium, driven by Playwright. One for all tests; each has pages of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>In milliseconds: a test fails by what it sees, not by how busy the machine is.</summary>
    private const float Patience = 180_000;

    private static readonly string[] _programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(_programs, File.Exists) is not { } program)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A page that shares nothing with others; skips the test where there is no browser.</summary>
    public async Task<IPage> OpenAsync(string address, BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            const string missing = "Chromium is missing. Install it (on Debian: apt-get install chromium).";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", missing);
            Assert.Skip(missing);
        }

        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
