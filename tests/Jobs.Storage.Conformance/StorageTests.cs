using System.Text;
using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>The base of all test classes of the suite: a storage with fresh data per test, and the words in which the tests are written.</summary>
public abstract class StorageTests : IAsyncLifetime
{
    private readonly List<IJobStorage> _others = [];
    private IJobStorage? _storage;
    private StorageHarness? _harness;

    /// <summary>The lease of the workers in the tests: long enough that none expires by itself on a clock that runs.</summary>
    protected static TimeSpan Lease { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The storage's harness.</summary>
    protected StorageHarness Harness => _harness ?? throw new InvalidOperationException("The test has not been initialized.");

    /// <summary>The storage under test.</summary>
    protected IJobStorage Storage => _storage ?? throw new InvalidOperationException("The test has not been initialized.");

    /// <summary>Cancelled when the test run is.</summary>
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        _harness = CreateHarness();
        Prepare(_harness);
        _storage = await _harness.CreateAsync(Cancellation);
    }

    /// <summary>Checks the invariants, then disposes storage and harness.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_harness is null)
            return;

        try
        {
            if (_storage is not null)
                await AssertInvariantsAsync();
        }
        finally
        {
            foreach (var other in _others)
                await other.DisposeAsync();

            if (_storage is not null)
                await _storage.DisposeAsync();

            await _harness.DisposeAsync();
        }
    }

    /// <summary>Makes the harness of one test.</summary>
    protected abstract StorageHarness CreateHarness();

    /// <summary>Sets what a class needs of its storage, before it is made.</summary>
    protected virtual void Prepare(StorageHarness harness)
    {
    }

    /// <summary>Fails unless every job is in exactly one place.</summary>
    protected async Task AssertInvariantsAsync() => Assert.Empty(await Harness.FindInvariantViolationsAsync(Cancellation));

    /// <summary>A second instance on the same data; disposed with the test.</summary>
    protected async Task<IJobStorage> OpenAnotherAsync()
    {
        var other = await Harness.OpenAnotherAsync(Cancellation);
        _others.Add(other);
        return other;
    }

    /// <summary>Disposes the storage and opens it again on the same data.</summary>
    protected async Task ReopenAsync()
    {
        await Storage.DisposeAsync();
        _storage = await Harness.OpenAnotherAsync(Cancellation);
    }

    /// <summary>A job as a client would hand it over; all parameters have plain defaults.</summary>
    protected static JobRecord Job(
        string name = "work",
        string queue = "default",
        int priority = 0,
        byte[]? payload = null,
        JobPolicy? policy = null,
        TimeSpan delay = default,
        DateTimeOffset? runAt = null,
        JobDetails? details = null) =>
        new()
        {
            Name = name,
            Queue = queue,
            Priority = priority,
            Payload = payload ?? "{}"u8.ToArray(),
            Policy = policy ?? JobPolicy.Default,
            Delay = delay,
            RunAt = runAt,
            Details = details,
        };

    /// <summary>JSON text as bytes.</summary>
    protected static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Stores one job.</summary>
    protected async Task<InsertedJob> InsertAsync(JobRecord job) => await Storage.InsertAsync(job, null, Cancellation);

    /// <summary>Stores a plain job and gives its id.</summary>
    protected async Task<JobId> InsertAsync(string name = "work", string queue = "default", int priority = 0, TimeSpan delay = default, JobPolicy? policy = null) =>
        (await InsertAsync(Job(name, queue, priority, delay: delay, policy: policy))).Id;

    /// <summary>Stores many jobs at once.</summary>
    protected async Task<IReadOnlyList<InsertedJob>> InsertManyAsync(params IReadOnlyList<JobRecord> jobs) =>
        await Storage.InsertManyAsync(jobs, null, Cancellation);

    /// <summary>A worker that has reported itself.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="names">The names that it knows; null for "work".</param>
    /// <param name="queues">The queues that it takes; null for all.</param>
    /// <param name="storage">The instance that it works on; null for <see cref="Storage"/>.</param>
    protected async Task<TestWorker> StartWorkerAsync(string id = "worker", IReadOnlyList<string>? names = null, IReadOnlyList<string>? queues = null, IJobStorage? storage = null)
    {
        var worker = new TestWorker(storage ?? Storage, id, names ?? ["work"], queues, Lease);
        Assert.True(await worker.HeartbeatAsync());
        return worker;
    }

    /// <summary>The job's state with all parts; fails when there is no such job.</summary>
    protected async Task<JobSnapshot> GetAsync(JobId id)
    {
        var snapshot = await Storage.GetAsync(id, JobParts.Payload | JobParts.Result, Cancellation);
        Assert.NotNull(snapshot);
        Assert.Equal(id, snapshot.Id);
        return snapshot;
    }

    /// <summary>Whether the storage has a record of the job.</summary>
    protected async Task<bool> ExistsAsync(JobId id) => await Storage.GetAsync(id, JobParts.None, Cancellation) is not null;

    /// <summary>Rounds of maintenance until there is nothing left to do; the sums of their reports.</summary>
    protected async Task<MaintenanceReport> MaintainAsync(int maxTakeovers = 3, TimeSpan? noHandlerGrace = null, int batchSize = 1000, string? workerId = null)
    {
        var request = new MaintenanceRequest(workerId, maxTakeovers, noHandlerGrace ?? TimeSpan.FromDays(300), batchSize);
        var sum = default(MaintenanceReport);
        for (var round = 0; ; round++)
        {
            Assert.True(round < 1000, "Maintenance says again and again that there is more to do.");
            var report = await Storage.MaintainAsync(request, Cancellation);
            sum = new MaintenanceReport(sum.TakenOver + report.TakenOver, sum.Stalled + report.Stalled, sum.Orphaned + report.Orphaned, sum.Removed + report.Removed, report.IsDone);
            if (report.IsDone)
                return sum;
        }
    }

    /// <summary>
    /// Lets the leases of all workers expire but those of the survivors, which report on the way. One witness reports always, so
    /// that no storage can take the silence for an outage of its own.
    /// </summary>
    protected async Task ExpireLeasesAsync(params IEnumerable<TestWorker> survivors)
    {
        var alive = survivors.ToList();
        var witness = new TestWorker(Storage, "witness", [], null, Lease);
        await witness.HeartbeatAsync();
        for (var step = 0; step < 5; step++)
        {
            await Harness.AdvanceAsync(Lease / 4);
            await witness.HeartbeatAsync();
            foreach (var worker in alive)
                Assert.True(await worker.HeartbeatAsync());
        }

        await Storage.RetireWorkerAsync(witness.Id, Cancellation);
    }

    /// <summary>Asserts that a time of the storage lies between two readings of its clock, give or take the precision of stored times.</summary>
    protected static void AssertBetween(DateTimeOffset from, DateTimeOffset to, DateTimeOffset? actual)
    {
        Assert.NotNull(actual);
        Assert.InRange(actual.Value, from.AddMilliseconds(-1), to.AddMilliseconds(1));
    }
}
