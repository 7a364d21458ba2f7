using Jobs.Storage.Conformance.Model;
using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Random operations from a seed, each compared with a reference model. Time moves by whole hours only.</summary>
public abstract class ModelTests : StorageTests
{
    private const int MaxTakeovers = 1;
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(150);
    private static readonly string[] _names = ["a", "b", "c"];
    private static readonly string[] _queues = ["q1", "q2"];
    private static readonly JobPolicy[] _policies =
    [
        JobPolicy.Default,
        new JobPolicy { RetainCompleted = TimeSpan.Zero, RetainFailed = TimeSpan.Zero },
        new JobPolicy { RetainCompleted = TimeSpan.FromHours(5), RetainFailed = TimeSpan.FromHours(9) },
    ];

    private static readonly JobOutcomeKind[] _kinds = Enum.GetValues<JobOutcomeKind>();

    private readonly ReferenceModel _model = new();
    private readonly Dictionary<string, (TestWorker Worker, int HeardAt)> _workers = [];
    private readonly List<(string Worker, ClaimedJob Job)> _claims = [];
    private readonly HashSet<string> _declaredDead = [];
    private readonly List<JobWaitToken> _tokens = [];
    private Random _random = new(0);

    /// <summary>How many operations a test does. Default: 2,000.</summary>
    protected virtual int Steps => 2000;

    [Theory]
    [InlineData(1)]
    [InlineData(20260)]
    [InlineData(987654)]
    public async Task Random_operations_do_what_the_model_does(int seed)
    {
        _random = new Random(seed);
        for (var step = 1; step <= Steps; step++)
        {
            try
            {
                await StepAsync();
                if (step % 200 == 0)
                    await CompareAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Seed {seed}, step {step}: {exception.Message}", exception);
            }
        }

        await CompareAsync();
    }

    private Task StepAsync() => _random.Next(100) switch
    {
        < 20 => InsertAsync(),
        < 24 => InsertBatchAsync(),
        < 75 => ExchangeAsync(),
        < 82 => CancelAsync(),
        < 85 => ReportProgressAsync(),
        < 88 => CompleteWaitAsync(),
        < 93 => AdvanceAsync(),
        < 96 => MaintainAsync(),
        < 98 => RetireAsync(),
        _ => ReleaseUnknownAsync(),
    };

    private JobRecord NextJob() => Job(
        Pick(_names),
        Pick(_queues),
        _random.Next(-1, 2),
        Json($"{{\"n\":{_random.Next()}}}"),
        Pick(_policies),
        _random.Next(4) == 0 ? TimeSpan.FromHours(_random.Next(1, 4)) : TimeSpan.Zero,
        details: _random.Next(4) == 0 ? new JobDetails { IdempotencyKey = $"k{_random.Next(40)}" } : null);

    private async Task InsertAsync()
    {
        var job = NextJob();
        _model.Insert(job, await InsertAsync(job));
    }

    private async Task InsertBatchAsync()
    {
        var jobs = Enumerable.Range(0, _random.Next(6)).Select(_ => NextJob()).ToList();
        var inserted = await InsertManyAsync(jobs);
        for (var i = 0; i < jobs.Count; i++)
            _model.Insert(jobs[i], inserted[i]);
    }

    private async Task ExchangeAsync()
    {
        var worker = await ReportAsync($"w{_random.Next(4)}");
        var outcomes = new List<JobOutcome>();
        while (_claims.Count > 0 && _random.Next(3) > 0)
        {
            var index = _random.Next(_claims.Count);
            var outcome = TestWorker.Outcome(_claims[index].Job, Pick(_kinds), TimeSpan.FromHours(_random.Next(3)));
            if (outcome.Kind == JobOutcomeKind.Waiting)
                outcome = outcome with { Delay = TimeSpan.Zero, Wait = await WriteWaitAsync(outcome) };

            if (_random.Next(8) == 0)
                outcome = outcome with { Lease = outcome.Lease with { Nonce = outcome.Lease.Nonce + 1 } };
            else if (_random.Next(8) != 0)
                _claims.RemoveAt(index);

            outcomes.Add(outcome);
        }

        var exchange = await worker.ExchangeAsync(_random.Next(6), outcomes, Limit);
        for (var i = 0; i < outcomes.Count; i++)
        {
            // A cancelled run of a flagged job was stored as reported and as cancelled alike.
            var expected = _model.Store(outcomes[i]);
            if (outcomes[i].Kind != JobOutcomeKind.Cancelled || expected == OutcomeDisposition.Rejected)
                Assert.Equal(expected, exchange.Dispositions[i]);
            else
                Assert.NotEqual(OutcomeDisposition.Rejected, exchange.Dispositions[i]);
        }

        _model.Claim(exchange);
        _claims.AddRange(exchange.Claimed.Select(c => (worker.Id, c)));

        void Limit(WorkExchange request)
        {
            if (_random.Next(3) == 0)
                request.NameLimits[Pick(_names)] = _random.Next(3);

            if (_random.Next(3) == 0)
                request.QueueLimits[Pick(_queues)] = _random.Next(3);

            if (_random.Next(4) == 0)
                request.Queues = [Pick(_queues)];
        }
    }

    /// <summary>A wait of the outcome's job under the outcome's lease, new or of an earlier attempt; its name.</summary>
    private async Task<string> WriteWaitAsync(JobOutcome outcome)
    {
        var token = JobWaitToken.New(outcome.Id);
        var step = new StepWrite { Id = outcome.Id, Lease = outcome.Lease, Name = $"wait {_random.Next(3)}", Kind = JobStepKind.Token, Delay = TimeSpan.FromHours(_random.Next(5)), Secret = token.Secret };
        Assert.Equal(_model.WriteStep(step) ? [] : [step.Id], await Storage.WriteStepsAsync([step], Cancellation));
        _tokens.Add(token);
        return step.Name;
    }

    private async Task CompleteWaitAsync()
    {
        if (_tokens.Count == 0)
            return;

        var token = _tokens[Math.Max(0, _tokens.Count - 1 - _random.Next(20))];
        var answer = Json(_random.Next(2) == 0 ? "true" : "false");
        Assert.Equal(_model.CompleteWait(token, answer), await Storage.CompleteWaitAsync(token, answer, Cancellation));
    }

    private async Task CancelAsync()
    {
        if (_model.Ids.Count == 0)
            return;

        var id = _model.Ids[Math.Max(0, _model.Ids.Count - 1 - _random.Next(60))];
        Assert.Equal(_model.Cancel(id), await Storage.CancelAsync(id, Cancellation));
    }

    private async Task ReportProgressAsync()
    {
        var reports = _claims.Where(_ => _random.Next(3) == 0).Select(c => new ProgressReport(c.Job.Id, c.Job.Lease, _random.Next(101), null)).ToList();
        var lost = reports.Where(r => _model.Find(r.Id) is not { Status: JobStatus.Running } job || job.Claim.Lease != r.Lease).Select(r => r.Id);

        Assert.Equal(lost.Order(), (await Storage.ReportProgressAsync(reports, Cancellation)).Order());
    }

    private async Task AdvanceAsync()
    {
        for (var hours = _random.Next(1, 5); hours > 0; hours--)
        {
            await Harness.AdvanceAsync(TimeSpan.FromHours(1));
            _model.Hour++;
            await ReportAsync("witness");
        }

        foreach (var id in _workers.Keys.Where(id => id != "witness" && _random.Next(3) > 0).Order().ToList())
            await ReportAsync(id);

        // At once, before the silent ones exchange and report again.
        if (_random.Next(2) == 0)
            await MaintainAsync();
    }

    private async Task MaintainAsync()
    {
        await ReportAsync("witness");
        var dead = _workers.Where(w => TimeSpan.FromHours(_model.Hour - w.Value.HeardAt) > _lease).Select(w => w.Key).ToList();
        var report = await MaintainAsync(MaxTakeovers, batchSize: 1 + _random.Next(50));
        var (stalled, removed) = _model.Maintain(dead, MaxTakeovers);

        Assert.Equal((stalled, removed, 0), (report.Stalled, report.Removed, report.Orphaned));
        foreach (var id in dead)
        {
            _workers.Remove(id);
            _declaredDead.Add(id);
        }
    }

    private async Task RetireAsync()
    {
        if (_workers.Count == 0)
            return;

        var id = Pick(_workers.Keys.Order().ToList());
        await Storage.RetireWorkerAsync(id, Cancellation);
        _workers.Remove(id);
        _model.GiveBack(id, []);
    }

    private async Task ReleaseUnknownAsync()
    {
        if (_workers.Count == 0)
            return;

        var id = Pick(_workers.Keys.Order().ToList());
        var known = _model.HeldBy(id).Select(j => j.Claim.Lease).Where(_ => _random.Next(2) == 0).ToHashSet();
        await Storage.ReleaseUnknownAsync(id, known, Cancellation);
        _model.GiveBack(id, known);
    }

    private async Task<TestWorker> ReportAsync(string id)
    {
        var worker = _workers.TryGetValue(id, out var known) ? known.Worker : new TestWorker(Storage, id, _names, null, _lease);
        Assert.Equal(!_declaredDead.Remove(id), await worker.HeartbeatAsync());
        _workers[id] = (worker, _model.Hour);
        return worker;
    }

    private async Task CompareAsync()
    {
        await AssertInvariantsAsync();
        foreach (var id in _model.Ids)
        {
            var actual = await Storage.GetAsync(id, JobParts.None, Cancellation);
            if (_model.Find(id) is not { } job)
            {
                Assert.Null(actual);
                continue;
            }

            Assert.NotNull(actual);
            Assert.Equal(
                (job.StatusAt(_model.Hour), job.Attempts + (job.Status == JobStatus.Running ? 1 : 0), job.Runs, job.Worker, job.Reason, job.Status == JobStatus.Pending && job.DueAt > _model.Hour),
                (actual.Status, actual.Attempt, actual.Attempts.Count, actual.LockedBy, actual.FailureReason, actual.IsDelayed));
        }

        Assert.Equal(_model.Jobs.Count, await Storage.CountAsync(new JobFilter(), Cancellation));
        foreach (var status in Enum.GetValues<JobStatus>())
            Assert.Equal(_model.Jobs.Count(j => j.StatusAt(_model.Hour) == status), await Storage.CountAsync(new JobFilter { Status = status }, Cancellation));

        foreach (var id in _workers.Keys)
        {
            Assert.Equal(_model.HeldBy(id).Where(j => j.CancelRequested).Select(j => j.Id).Order(), (await Storage.GetCancelRequestsAsync(id, Cancellation)).Order());
        }

        _model.Ids.RemoveAll(id => _model.Find(id) is null);
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
