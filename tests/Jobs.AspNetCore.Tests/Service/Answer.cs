using System.Text.Json.Nodes;

namespace Jobs.AspNetCore.Tests;

internal sealed record Answer(int Status, JsonNode? Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text(string member) => Body![member]!.GetValue<string>();

    public string Code => Text("code");
}
