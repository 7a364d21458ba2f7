using System.Text.Json;

namespace Jobs.Chaos;

/// <summary>One line of a process's standard output: what it knows to have happened.</summary>
/// <param name="Event">"started", "prepared", "accepted", "refused", "begun", "ran" or "enqueued".</param>
/// <param name="Job">The job's id, of "accepted", "begun" and "ran".</param>
/// <param name="Kind">The job's name.</param>
/// <param name="Number">The number in the job's input.</param>
/// <param name="Attempt">The attempt, of "begun" and "ran".</param>
internal sealed record Report(string Event, string? Job = null, string? Kind = null, int Number = 0, int Attempt = 0)
{
    /// <summary>Says it. One write per line: what was said before a kill is in the pipe.</summary>
    public void Say() => Console.Out.WriteLine(JsonSerializer.Serialize(this));

    /// <summary>Reads a line; null when it is not one, as the last one of a killed process may be.</summary>
    public static Report? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Report>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
