using System.Text.Json.Nodes;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>The served document through the eyes of npm: a linter accepts it, a generator makes a typed client of it, and that client talks to the service.</summary>
public class NpmClientTests
{
    private static readonly string _bin = Path.Combine("node_modules", ".bin");

    [Fact]
    public async Task The_document_passes_a_linter_and_drives_a_generated_client()
    {
        var cancellation = TestService.Cancellation;
        var folder = await NodePackages.PrepareAsync(cancellation);
        await using var service = await TestService.StartAsync(api => api.Policy = "reader");
        await using var open = await TestService.StartAsync();
        await SaveDocumentAsync(service, Path.Combine(folder, "guarded.json"), "anna: reader");
        await SaveDocumentAsync(open, Path.Combine(folder, "jobs.json"), null);

        foreach (var document in new[] { "guarded.json", "jobs.json" })
        {
            var findings = JsonNode.Parse(await NodePackages.RunAsync(folder, Path.Combine(folder, _bin, "redocly"), cancellation, "lint", document, "--format", "json"))!;
            Assert.True(findings["totals"]!["errors"]!.GetValue<int>() + findings["totals"]!["warnings"]!.GetValue<int>() == 0, findings.ToJsonString());
        }

        await NodePackages.RunAsync(folder, Path.Combine(folder, _bin, "openapi-typescript"), cancellation, "jobs.json", "--output", "jobs.d.ts");
        await NodePackages.RunAsync(folder, Path.Combine(folder, _bin, "tsc"), cancellation, "--project", ".");
        var said = await NodePackages.RunAsync(folder, "node", cancellation, Path.Combine("out", "client.js"), new Uri(open.Address, "/jobs").ToString());

        Assert.Equal(
            [
                "submitted: [201,200,true,true]",
                "ended: [\"Completed\",3,[\"npm\"],\"Hello Ada\"]",
                "tagged: [200,304]",
                "listed: [201,[\"c\",\"b\",\"a\"]]",
                "cancelled: [204,\"wrong-state\"]",
                "all cancelled: 2",
                "invalid: [400,\"validation\",[\"Name\",\"Times\"],[\"Required\",\"Range\"]]",
                "unknown: [404,\"not-found\"]",
                "log: [\"event: log\",\"event: log\",\"event: end\"]",
            ],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task SaveDocumentAsync(TestService service, string path, string? user) =>
        await File.WriteAllTextAsync(path, (await service.GetAsync("/jobs/openapi.json", user)).Body!.ToJsonString(), TestService.Cancellation);
}
