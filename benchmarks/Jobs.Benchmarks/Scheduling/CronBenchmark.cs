using BenchmarkDotNet.Attributes;

namespace Jobs.Benchmarks.Scheduling;

/// <summary>Parsing a schedule and finding its next run, beside Quartz's expression of the same meaning.</summary>
[MemoryDiagnoser]
public class CronBenchmark
{
    private static readonly TimeZoneInfo _berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset _after = new(2024, 5, 17, 13, 37, 42, TimeSpan.Zero);
    private string _quartzText = string.Empty;
    private CronExpression _ours;
    private Quartz.CronExpression _quartz = null!;

    /// <summary>Five fields; Quartz gets its seconds and its question mark.</summary>
    [Params("*/15 * * * *", "30 2 * * *", "0 9 * * MON-FRI", "0 0 29 2 *", "0 18 LW * *")]
    public string Text { get; set; } = string.Empty;

    [Params("UTC", "Europe/Berlin")]
    public string Zone { get; set; } = string.Empty;

    private TimeZoneInfo Found => Zone == "UTC" ? TimeZoneInfo.Utc : _berlin;

    [GlobalSetup]
    public void Prepare()
    {
        var fields = Text.Split(' ');
        fields[fields[4] == "*" ? 4 : 2] = "?";
        _quartzText = "0 " + string.Join(' ', fields);
        _ours = CronExpression.Parse(Text);
        _quartz = new Quartz.CronExpression(_quartzText, Found);
        if (_ours.GetNextOccurrence(_after, Found)?.UtcDateTime != _quartz.GetNextValidTimeAfter(_after)?.UtcDateTime)
            throw new InvalidOperationException("The two do not agree.");
    }

    [Benchmark]
    public CronExpression Parse() => CronExpression.Parse(Text);

    [Benchmark]
    public object QuartzParse() => new Quartz.CronExpression(_quartzText);

    [Benchmark]
    public DateTimeOffset? Next() => _ours.GetNextOccurrence(_after, Found);

    [Benchmark]
    public DateTimeOffset? QuartzNext() => _quartz.GetNextValidTimeAfter(_after);
}
