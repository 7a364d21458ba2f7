using System.Text.Json.Nodes;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>The description of the API.</summary>
public class OpenApiTests
{
    [Fact]
    public async Task The_document_describes_every_route_and_every_job()
    {
        await using var service = await TestService.StartAsync();

        var document = (await service.GetAsync("/jobs/openapi.json")).Body!;

        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
        var paths = document["paths"]!.AsObject();
        Assert.NotNull(paths["/submit/greet"]!["post"]);
        Assert.NotNull(paths["/submit/trees%2Fsort"]!["post"]);
        Assert.NotNull(paths["/{id}/wait"]!["get"]);
        Assert.Equal("Greets somebody.", paths["/submit/greet"]!["post"]!["summary"]!.GetValue<string>());
        Assert.NotNull(document["components"]!["schemas"]!["GreetInput"]!["properties"]!["times"]);
        var operations = paths.SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!["operationId"]!.GetValue<string>()).ToList();
        Assert.Equal(operations.Distinct(), operations);
    }

    [Fact]
    public async Task Every_reference_of_the_document_leads_somewhere()
    {
        await using var service = await TestService.StartAsync();
        var document = (await service.GetAsync("/jobs/openapi.json")).Body!;
        var references = References(document).Distinct().ToList();

        Assert.Contains(references, reference => reference.StartsWith("#/components/schemas/TreesSortInput", StringComparison.Ordinal));
        Assert.All(references, reference => Assert.True(Find(document, reference) is not null, reference));
    }

    private static JsonNode? Find(JsonNode document, string reference)
    {
        JsonNode? node = document;
        foreach (var part in reference.Split('/').Skip(1))
        {
            node = node switch
            {
                JsonArray items => items[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)],
                JsonObject shape => shape[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)],
                _ => null,
            };
        }

        return node;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject shape => shape.SelectMany(member => member.Key == "$ref" ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
