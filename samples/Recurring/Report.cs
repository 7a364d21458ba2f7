using Jobs;

namespace Recurring;

/// <summary>Two declared schedules, each with an input of its own that the compiler checks and a clock of its own.</summary>
[Job("report", Overlap = OverlapPolicy.QueueOne)]
[JobSchedule("report-eu", "0 6 * * MON-FRI", "eu", TimeZone = "Europe/Berlin")]
[JobSchedule("report-us", "0 6 * * MON-FRI", "us", 7, TimeZone = "America/New_York")]
public sealed class Report : IJobHandler<ReportInput>
{
    public async ValueTask HandleAsync(ReportInput input, JobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        Console.WriteLine($"{DateTimeOffset.Now:HH:mm:ss} the report of {input.Region} over {input.Days} days");
    }
}
