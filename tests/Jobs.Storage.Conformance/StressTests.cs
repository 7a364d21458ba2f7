using System.Collections.Concurrent;
using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Everything at once: inserters, workers that die and come back, cancels, maintenance, and a clock that runs away.</summary>
public abstract class StressTests : StorageTests
{
    private const int Inserters = 4;
    private const int Workers = 4;

    private readonly ConcurrentDictionary<JobId, int> _ends = [];
    private readonly ConcurrentDictionary<JobId, JobLease> _completedUnder = [];
    private readonly SemaphoreSlim _rounds = new(0);
    // Idle workers make the clock run fast: no record may expire meanwhile.
    private static readonly JobPolicy _kept = new() { RetainCompleted = TimeSpan.FromDays(3650), RetainFailed = TimeSpan.FromDays(3650) };
    private int _cancelledWaiting;
    private volatile bool _insertersDone;

    /// <summary>How many jobs each of the four inserters stores. Default: 250.</summary>
    protected virtual int JobsPerInserter => 250;

    [Fact]
    public async Task Whatever_happens_every_job_ends_once()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var ids = new ConcurrentBag<JobId>();
        var workers = Enumerable.Range(0, Workers).Select(i => Task.Run(() => WorkAsync(i, stop.Token))).ToList();
        var chaos = Task.Run(() => DisturbAsync(stop.Token));
        await Task.WhenAll(Enumerable.Range(0, Inserters).Select(i => Task.Run(() => InsertAsync(i, ids))));
        _insertersDone = true;

        await Task.WhenAll(workers);
        await stop.CancelAsync();
        await chaos;

        var all = ids.Distinct().ToList();
        Assert.Equal(Inserters * JobsPerInserter, all.Count);
        Assert.Equal(all.Count, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(0, await UnfinishedAsync());
        Assert.All(_ends, end => Assert.Equal(1, end.Value));
        var cancelledByStorage = 0;
        foreach (var id in all)
        {
            var job = await GetAsync(id);
            Assert.True(job.Status is JobStatus.Completed or JobStatus.Cancelled);
            Assert.Equal(job.Status == JobStatus.Completed, _completedUnder.ContainsKey(id));
            if (_completedUnder.TryGetValue(id, out var lease))
            {
                // The result that is kept is that of the one accepted completion.
                Assert.Equal(lease.Nonce, job.ResultJson!.Value.GetInt64());
                Assert.True(await Storage.WasCompletedAsync(id, lease, Cancellation));
            }
            else if (!_ends.ContainsKey(id))
            {
                cancelledByStorage++;
            }
        }

        // Those ended while they waited, or when a dead worker's flagged jobs were taken over.
        Assert.True(cancelledByStorage >= _cancelledWaiting);
    }

    private async Task InsertAsync(int inserter, ConcurrentBag<JobId> ids)
    {
        var random = new Random(inserter);
        for (var i = 0; i < JobsPerInserter;)
        {
            var batch = Enumerable.Range(i, Math.Min(random.Next(1, 8), JobsPerInserter - i))
                .Select(n => Job(priority: n % 3, policy: _kept, details: n % 5 == 0 ? new JobDetails { IdempotencyKey = $"{inserter}:{n}" } : null)).ToList();
            i += batch.Count;
            var inserted = batch.Count == 1 ? [await InsertAsync(batch[0])] : await InsertManyAsync(batch);
            foreach (var job in inserted)
                ids.Add(job.Id);

            if (random.Next(10) == 0 && await Storage.CancelAsync(inserted[0].Id, Cancellation) == CancelOutcome.Cancelled)
                Interlocked.Increment(ref _cancelledWaiting);
        }
    }

    private async Task WorkAsync(int number, CancellationToken cancellationToken)
    {
        var random = new Random(100 + number);
        var (life, held) = (0, new List<ClaimedJob>());
        var worker = await StartWorkerAsync($"w{number}-0");
        while (!_insertersDone || await UnfinishedAsync() > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await worker.HeartbeatAsync();
            var outcomes = held.Select(job => NextOutcome(job, random)).ToList();
            var exchange = await worker.ExchangeAsync(random.Next(1, 20), outcomes);
            Count(exchange);
            held = [.. exchange.Claimed];
            if (random.Next(12) == 0)
            {
                // It dies with what it holds, and a stale copy of it speaks up later.
                var (stale, lost) = (worker, held);
                worker = await StartWorkerAsync($"w{number}-{++life}");
                held = [];
                if (random.Next(2) == 0)
                    Count(await stale.ExchangeAsync(0, lost.Select(job => NextOutcome(job, random))));
            }

            _rounds.Release();
        }
    }

    private static JobOutcome NextOutcome(ClaimedJob job, Random random) => random.Next(10) switch
    {
        0 => TestWorker.Outcome(job, JobOutcomeKind.Retry),
        1 => TestWorker.Outcome(job, JobOutcomeKind.Released),
        _ => TestWorker.Outcome(job, JobOutcomeKind.Completed) with { Result = Json(job.Lease.Nonce.ToString(System.Globalization.CultureInfo.InvariantCulture)) },
    };

    private void Count(WorkExchange exchange)
    {
        for (var i = 0; i < exchange.Outcomes.Count; i++)
        {
            var (outcome, disposition) = (exchange.Outcomes[i], exchange.Dispositions[i]);
            if (disposition == OutcomeDisposition.Cancelled || (disposition == OutcomeDisposition.Stored && outcome.Kind == JobOutcomeKind.Completed))
                _ends.AddOrUpdate(outcome.Id, 1, static (_, count) => count + 1);

            if (disposition == OutcomeDisposition.Stored && outcome.Kind == JobOutcomeKind.Completed)
                _completedUnder[outcome.Id] = outcome.Lease;
        }
    }

    /// <summary>Maintains and moves the clock, but only as fast as the workers work, so that they get something done.</summary>
    private async Task DisturbAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                for (var i = 0; i < Workers * 3; i++)
                    await _rounds.WaitAsync(cancellationToken);

                await Harness.AdvanceAsync(Lease / 3);
                await MaintainAsync(maxTakeovers: int.MaxValue, batchSize: 10);
                await AssertInvariantsAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    /// <summary>All less those that have ended. Counting the others one state after the other would miss a job that moves in between; what has ended stays ended.</summary>
    private async Task<long> UnfinishedAsync()
    {
        var unfinished = await Storage.CountAsync(new JobFilter(), Cancellation);
        foreach (var end in new[] { JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled })
            unfinished -= await Storage.CountAsync(new JobFilter { Status = end }, Cancellation);

        return unfinished;
    }
}
