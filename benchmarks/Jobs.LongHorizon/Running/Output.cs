using System.Text.Json;

namespace Jobs.LongHorizon.Running;

/// <summary>The protocol's lines on the standard output; logs go to the standard error.</summary>
internal sealed class Output(int instance)
{
    private const string System = "jobs";
    private readonly Lock _lock = new();

    public void Descriptor(string database, string version, IReadOnlyList<string> tables) => Write(new
    {
        kind = "descriptor",
        system = System,
        event_tables = tables,
        extensions = Array.Empty<string>(),
        version,
        schema_version = version,
        db_name = database,
        started_at = Clock.Now,
        instance_id = instance,
    });

    public void Sample(string at, string metric, double value, double window) => Write(new
    {
        t = at,
        system = System,
        kind = "adapter",
        subject_kind = "adapter",
        subject = string.Empty,
        metric,
        value = Math.Round(value, 3),
        window_s = window,
        instance_id = instance,
    });

    private void Write<T>(T line)
    {
        var text = JsonSerializer.Serialize(line);
        lock (_lock)
        {
            Console.Out.WriteLine(text);
            Console.Out.Flush();
        }
    }
}
