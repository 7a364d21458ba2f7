using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.LongHorizon.Driving;

/// <summary>Asks the product's own records for every job whose enqueue returned: it must have completed.</summary>
internal sealed class Audit : IAsyncDisposable
{
    private const int Page = 1000;
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(200);
    private readonly ServiceProvider _services;
    private readonly IJobManager _manager;

    public Audit(string connectionString)
    {
        _services = new ServiceCollection().AddLogging().AddSingleton(new Running.Progress()).AddJobs(jobs => jobs.UsePostgreSql(connectionString).ClientOnly()).BuildServiceProvider();
        _manager = _services.GetRequiredService<IJobManager>();
    }

    /// <summary>Waits until nothing is left to do; false when something is after the time.</summary>
    public async Task<bool> WaitUntilDoneAsync(TimeSpan atMost)
    {
        for (var end = Environment.TickCount64 + atMost.TotalMilliseconds; Environment.TickCount64 < end; await Task.Delay(_between))
        {
            var counts = (await _manager.GetStatisticsAsync()).Counts;
            if (counts.Total == counts.Completed + counts.Failed + counts.Cancelled)
                return true;
        }

        return false;
    }

    public async Task<(long Enqueued, long Lost)> CompareAsync(IReadOnlyList<string> ledgers)
    {
        var owed = new HashSet<long>();
        foreach (var line in ledgers.SelectMany(File.ReadLines))
        {
            // The last line of a killed process may be cut.
            if (line.Split(' ') is not [var first, var count] || !long.TryParse(first, CultureInfo.InvariantCulture, out var from) || !int.TryParse(count, CultureInfo.InvariantCulture, out var jobs))
                continue;

            for (var sequence = from; sequence < from + jobs; sequence++)
                owed.Add(sequence);
        }

        var enqueued = owed.Count;
        string? cursor = null;
        do
        {
            var page = await _manager.ListAsync(new JobFilter { Status = JobStatus.Completed, IncludePayload = true, Limit = Page, Cursor = cursor });
            foreach (var job in page.Jobs)
                owed.Remove(job.Payload!.Value.GetProperty("sequence").GetInt64());

            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return (enqueued, owed.Count);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
