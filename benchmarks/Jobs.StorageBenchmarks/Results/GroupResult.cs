using System.Text.Json;

namespace Jobs.StorageBenchmarks.Results;

/// <summary>A run of the comparison over one group of contenders, or of another measurement that has only facts; one file.</summary>
internal sealed record GroupResult(string Key, string Title)
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    public required Machine Machine { get; init; }

    /// <summary>The options that made it.</summary>
    public required string Command { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; set; }

    /// <summary>How busy the machine was before and after, others included: the load average of a minute.</summary>
    public List<double> Load { get; init; } = [];

    /// <summary>Names and how they were set up; the first is the one that the others are compared to.</summary>
    public List<Participant> Participants { get; init; } = [];

    public List<ScenarioResult> Scenarios { get; init; } = [];

    /// <summary>Single figures by name.</summary>
    public Dictionary<string, double> Facts { get; init; } = [];

    public static async Task<IReadOnlyList<GroupResult>> ReadAllAsync(string folder)
    {
        var results = new List<GroupResult>();
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            await using var stream = File.OpenRead(file);
            results.Add((await JsonSerializer.DeserializeAsync<GroupResult>(stream, _json))!);
        }

        return results;
    }

    public async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, Key + ".json"), JsonSerializer.Serialize(this, _json) + "\n");
    }
}
