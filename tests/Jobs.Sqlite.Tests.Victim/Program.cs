using Jobs;
using Jobs.Sqlite;
using Jobs.Storage;

// Enqueues and completes jobs as fast as it can until it is killed, and says so after every call that returned:
// "I <id>" for an accepted job, "C <id>" for an accepted completion. Its only argument is the file.
var file = args[0];
var options = new SqliteOptions();
await using var storage = new SqliteJobStorage(new SqliteDatabase($"Data Source={file}", options), options, loggerFactory: null);
await storage.InitializeAsync(CancellationToken.None);

var workerId = $"victim-{Guid.NewGuid():N}";
IReadOnlyList<string> names = ["work"];
await storage.HeartbeatAsync(new WorkerHeartbeat(workerId, "host", null, TimeSpan.FromSeconds(30), names, []), CancellationToken.None);
await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnqueueAsync()).Append(WorkAsync()));

async Task EnqueueAsync()
{
    while (true)
    {
        var one = await storage.InsertAsync(Job(), null, CancellationToken.None);
        Say('I', one.Id);
        var key = JobId.New();
        await storage.InsertAsync(Job(new JobDetails { Id = key, IdempotencyKey = key.ToString() }), null, CancellationToken.None);
        Say('I', key);
        foreach (var job in await storage.InsertManyAsync([Job(), Job(), Job()], null, CancellationToken.None))
            Say('I', job.Id);
    }
}

async Task WorkAsync()
{
    var exchange = new WorkExchange { WorkerId = workerId };
    var next = new List<JobOutcome>();
    while (true)
    {
        exchange.Reset();
        exchange.Names = names;
        exchange.MaxJobs = 8;
        exchange.Outcomes.AddRange(next);
        await storage.ExchangeAsync(exchange, CancellationToken.None);
        for (var i = 0; i < exchange.Outcomes.Count; i++)
        {
            if (exchange.Dispositions[i] == OutcomeDisposition.Stored && exchange.Outcomes[i].Kind == JobOutcomeKind.Completed)
                Say('C', exchange.Outcomes[i].Id);
        }

        // Every fifth job is retried at once, so that histories are written too.
        next = exchange.Claimed.ConvertAll(claimed => new JobOutcome
        {
            Id = claimed.Id,
            Lease = claimed.Lease,
            Kind = claimed.Attempt == 1 && claimed.Lease.Token % 5 == 0 ? JobOutcomeKind.Retry : JobOutcomeKind.Completed,
            Result = "{\"ok\":true}"u8.ToArray(),
        });
    }
}

static JobRecord Job(JobDetails? details = null) => new() { Name = "work", Queue = "default", Payload = "{}"u8.ToArray(), Policy = JobPolicy.Default, Details = details };

static void Say(char what, JobId id)
{
    lock (Console.Out)
        Console.Out.WriteLine($"{what} {id}");
}
