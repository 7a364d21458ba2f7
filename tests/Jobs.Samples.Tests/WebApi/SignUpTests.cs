using System.IO.Compression;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jobs.Samples.Tests.WebApi;

/// <summary>The form, the job behind it, and the page that follows it, in a real browser.</summary>
public sealed class SignUpTests(Browser browser, WebApiProgram program) : IClassFixture<Browser>, IClassFixture<WebApiProgram>
{
    [Fact]
    public async Task What_is_wrong_is_shown_at_the_fields_and_nothing_is_enqueued()
    {
        var page = await browser.OpenAsync(program.Address);
        await FillAsync(page, "Ada Lovelace", "no address", "Bad Name!", ("Ada", "ada@example.com"), ("", "nobody"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Create workspace" }).ClickAsync();

        await Expect(page.Locator("[id='email-error']")).ToContainTextAsync("e-mail");
        await Expect(page.Locator("[id='workspace-error']")).ToContainTextAsync("small letters");
        await Expect(page.Locator("[id='members[1].name-error']")).ToContainTextAsync("required");
        await Expect(page.Locator("[id='members[1].email-error']")).ToContainTextAsync("e-mail");
        await Expect(page.Locator(".error")).ToHaveCountAsync(4);
        await Expect(page.GetByLabel("Your e-mail address")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Name of the workspace")).ToHaveAttributeAsync("aria-describedby", "workspace-hint workspace-error");
        await ShowAsync(page, "errors");

        await page.GetByLabel("Your e-mail address").FillAsync("ada@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create workspace" }).ClickAsync();

        await Expect(page.Locator(".error")).ToHaveCountAsync(3);
        await Expect(page.GetByLabel("Your e-mail address")).Not.ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task A_good_form_becomes_a_job_whose_progress_is_followed_to_its_end()
    {
        var page = await browser.OpenAsync(program.Address);
        await ShowAsync(page, "form");
        await FillAsync(page, "Ada Lovelace", "ada@example.com", "engine", ("Ada Lovelace", "ada@example.com"), ("Charles Babbage", "charles@example.com"), ("Mary Somerville", "mary@example.com"));

        // Every text that the page says about the state, in order: what comes by the stream is seen, however short it is.
        await page.AddInitScriptAsync("""
            window.said = [];
            addEventListener("DOMContentLoaded", () => {
              const state = document.getElementById("state");
              if (state) new MutationObserver(() => said.push(state.textContent)).observe(state, { childList: true, characterData: true, subtree: true });
            });
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create workspace" }).ClickAsync();
        await page.WaitForURLAsync("**/status.html?id=*");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Making the key of");
        await ShowAsync(page, "running");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your workspace is ready");

        var said = await page.EvaluateAsync<string[]>("said");
        Assert.Contains(said, static text => text.StartsWith("Making the key of", StringComparison.Ordinal));
        Assert.Equal(100, await page.Locator("#progress").EvaluateAsync<int>("progress => progress.value"));
        await Expect(page.Locator("dt")).ToHaveTextAsync(["Ada Lovelace", "Charles Babbage", "Mary Somerville"]);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeHiddenAsync();
        await ShowAsync(page, "done");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download the workspace" }).ClickAsync());
        await using var archive = await ZipFile.OpenReadAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(8, archive.Entries.Count);

        // The same name again: of the same visitor it is the same job, of another one it is taken, and nothing of it is shown.
        var other = await browser.OpenAsync(program.Address);
        await FillAsync(other, "Somebody", "else@example.com", "engine", ("Else", "else@example.com"));
        await other.GetByRole(AriaRole.Button, new() { Name = "Create workspace" }).ClickAsync();
        await Expect(other.Locator("#workspace-error")).ToContainTextAsync("taken");
        await other.GotoAsync(page.Url);
        await Expect(other.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not found");
    }

    [Fact]
    public async Task A_job_is_cancelled_from_its_page()
    {
        var page = await browser.OpenAsync(program.Address, new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 390, Height = 844 } });
        await FillAsync(page, "Ada Lovelace", "ada@example.com", "given-up", [.. Enumerable.Range(1, 8).Select(static i => ($"Member {i}", $"member{i}@example.com"))]);
        await ShowAsync(page, "narrow");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create workspace" }).ClickAsync();
        await page.WaitForURLAsync("**/status.html?id=*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cancelled");
        await ShowAsync(page, "cancelled");
    }

    private static async Task FillAsync(IPage page, string name, string email, string workspace, params (string Name, string Email)[] members)
    {
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Your e-mail address").FillAsync(email);
        await page.GetByLabel("Name of the workspace").FillAsync(workspace);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Add a member" }).ClickAsync();
            }

            await page.Locator($"[name='members[{i}].name']").FillAsync(members[i].Name);
            await page.Locator($"[name='members[{i}].email']").FillAsync(members[i].Email);
        }
    }

    /// <summary>For people who want to see it: set JOBS_TEST_SCREENSHOTS to a folder.</summary>
    private static async Task ShowAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("JOBS_TEST_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
