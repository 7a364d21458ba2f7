using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jobs.AspNetCore.OpenApi;

/// <summary>The schemas of one job, under keys that a document can have.</summary>
internal sealed class JobSchemas
{
    private JobSchemas(JobDefinition definition, string pascal)
    {
        Definition = definition;
        Pascal = pascal;
    }

    public JobDefinition Definition { get; }

    /// <summary>The job's name as an identifier, unique in the document.</summary>
    public string Pascal { get; }

    public string InputKey => Pascal + "Input";

    public string ResultKey => Pascal + "Result";

    public string SubmitKey => "Submit" + Pascal;

    public static IReadOnlyList<JobSchemas> Create(IJobRegistry registry)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Many", "Job", "Jobs" };
        var jobs = new List<JobSchemas>();
        foreach (var definition in registry.Jobs)
        {
            var name = Identifier(definition.Name);
            var unique = name;
            for (var i = 2; !taken.Add(unique); i++)
            {
                unique = name + i.ToString(CultureInfo.InvariantCulture);
            }

            jobs.Add(new JobSchemas(definition, unique));
        }

        return jobs;
    }

    public void AddTo(JsonObject schemas)
    {
        schemas[InputKey] = Embed(Definition.InputSchema, InputKey);
        if (Definition.ResultSchema is { } result)
        {
            schemas[ResultKey] = Embed(result, ResultKey);
        }

        var submit = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["input"] = new JsonObject { ["$ref"] = "#/components/schemas/" + InputKey },
                ["options"] = new JsonObject { ["$ref"] = "#/components/schemas/SubmitOptions" },
            },
            ["additionalProperties"] = false,
        };
        if (Definition.InputType is not null)
        {
            submit["required"] = new JsonArray("input");
        }

        schemas[SubmitKey] = submit;
    }

    /// <summary>A schema as a part of the document: its references to itself begin at its new place.</summary>
    private static JsonNode Embed(JsonElement schema, string key)
    {
        var node = JsonNode.Parse(schema.GetRawText())!;
        if (node is JsonObject shape)
        {
            shape.Remove("$schema");
        }

        Move(node, "#/components/schemas/" + key);
        return node;
    }

    private static void Move(JsonNode? node, string place)
    {
        switch (node)
        {
            case JsonObject shape:
                foreach (var (name, value) in shape.ToList())
                {
                    if (name == "$ref" && value is JsonValue text && text.TryGetValue<string>(out var reference) && reference.StartsWith('#'))
                    {
                        shape[name] = place + reference[1..];
                        continue;
                    }

                    Move(value, place);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Move(item, place);
                }

                break;
        }
    }

    private static string Identifier(string name)
    {
        var text = new StringBuilder(name.Length);
        var isStart = true;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                isStart = true;
                continue;
            }

            text.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = false;
        }

        return text.Length == 0 ? "Unnamed" : text.ToString();
    }
}
