using System.Diagnostics;
using System.Globalization;
using Jobs.Storage;
using Jobs.TestServers;
using Microsoft.Extensions.Logging;

namespace Jobs.StorageBenchmarks.Control;

/// <summary>
/// What keys, limits, lists, reports and changes by filter cost, on the storage's own interface: each figure beside that of the same work
/// without it, in processor time as well, and what should not depend on size at two sizes.
/// </summary>
internal sealed class ControlBenchmark(string name, Func<Task<ControlStore>> open, CpuMeter meter, double scale)
{
    private static readonly TimeSpan _lease = TimeSpan.FromHours(1);

    /// <summary>Measures one storage, or both.</summary>
    public static async Task RunAsync(string only, double scale)
    {
        if (only is "" or "sqlite")
        {
            var folder = Directory.CreateTempSubdirectory("jobs-control-");
            await new ControlBenchmark("SQLite", () => ControlStore.OpenSqliteAsync(Path.Combine(folder.FullName, Guid.NewGuid().ToString("N") + ".db")), new CpuMeter(null), scale).RunAsync();
            folder.Delete(recursive: true);
        }

        if (only is "" or "postgres")
        {
            await using var server = await PostgreSqlServer.StartAsync();
            var meter = await CpuMeter.OfServerAsync(server.ConnectionString);
            await new ControlBenchmark("PostgreSQL", async () => await ControlStore.OpenPostgreSqlAsync(await server.CreateDatabaseAsync()), meter, scale).RunAsync();
        }
    }

    private async Task RunAsync()
    {
        Console.WriteLine($"## {name}\n\n| | µs | CPU, µs | against | ratio | CPU ratio |\n|---|---|---|---|---|---|");
        await EnqueueWithKeysAsync();
        await ClaimBesideFullKeysAsync();
        await ClaimBehindRateLimitAsync();
        await ReportAsync();
        await CancelAsync();
        await ListAsync();
        Console.WriteLine();
    }

    private int Scaled(int count) => Math.Max(100, (int)(count * scale));

    private async Task EnqueueWithKeysAsync()
    {
        const int Batch = 1000;
        await using var plain = await open();
        await using var counted = await open();
        await using var random = await open();
        await using var taken = await open();
        var (without, withCounted, withRandom, withTaken) = (new Sample(), new Sample(), new Sample(), new Sample());
        for (var round = 0; round <= Math.Max(3, Scaled(50_000) / Batch); round++)
        {
            var first = round * Batch;
            string[] keys = [.. Enumerable.Range(0, Batch).Select(static _ => Guid.NewGuid().ToString())];
            await MeasureAsync(round == 0 ? new Sample() : without, Batch, async () => await plain.Storage.InsertManyAsync([.. Enumerable.Range(0, Batch).Select(_ => Job("work"))], null, default));
            await MeasureAsync(round == 0 ? new Sample() : withCounted, Batch, async () => await counted.Storage.InsertManyAsync([.. Enumerable.Range(first, Batch).Select(i => Job("work", Order(i)))], null, default));
            await MeasureAsync(round == 0 ? new Sample() : withRandom, Batch, async () => await random.Storage.InsertManyAsync([.. keys.Select(static key => Job("work", new() { IdempotencyKey = key }))], null, default));
            await MeasureAsync(round == 0 ? new Sample() : withTaken, Batch, async () => await taken.Storage.InsertManyAsync([.. Enumerable.Range(first - round, Batch).Select(i => Job("work", Order(i)))], null, default));
        }

        Print("enqueue a job with an idempotency key that counts up, a thousand per call", withCounted, "without a key", without);
        Print("with a random idempotency key, a thousand per call", withRandom, "without a key", without);
        Print("with an idempotency key that counts up, a thousand per call of which one is taken", withTaken, "without a key", without);
        await EnqueueSinglyAsync(1, Scaled(2_000));
        await EnqueueSinglyAsync(64, Scaled(50_000));
    }

    private async Task EnqueueSinglyAsync(int callers, int jobs)
    {
        await using var plain = await open();
        await using var keyed = await open();
        var (without, with) = (new Sample(), new Sample());
        var next = 0;
        const int Rounds = 10;
        var each = Math.Max(10, jobs / callers / Rounds);
        for (var round = 0; round <= Rounds; round++)
        {
            await MeasureAsync(round == 0 ? new Sample() : without, callers * each, () => CallAsync(plain.Storage, static () => null));
            await MeasureAsync(round == 0 ? new Sample() : with, callers * each, () => CallAsync(keyed.Storage, () => Order(Interlocked.Increment(ref next))));
        }

        Print($"with an idempotency key, one by one, {callers} callers", with, "without a key", without);

        Task CallAsync(IJobStorage storage, Func<JobDetails?> details) => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
                await storage.InsertAsync(Job("work", details()), null, default);
        })));
    }

    private async Task ClaimBesideFullKeysAsync()
    {
        var (few, many) = (await ClaimKeysAsync(0), await ClaimKeysAsync(Scaled(10_000)));
        Print($"claim and complete a job of a free key beside {Scaled(10_000):N0} keys at their limit with jobs that are due", many, "no other keys", few);
    }

    private async Task<Sample> ClaimKeysAsync(int full)
    {
        const int Free = 100;
        await using var store = await open();
        var worker = await StartAsync(store.Storage, "work");
        if (full > 0)
        {
            foreach (var chunk in Enumerable.Range(0, 2 * full).Chunk(1000))
                await store.Storage.InsertManyAsync([.. chunk.Select(i => Job("work", Key("full-", i / 2)))], null, default);

            for (var held = 0; held < full;)
            {
                var claimed = await ClaimAsync(store.Storage, worker, 500);
                if (claimed.Count == 0)
                    throw new InvalidOperationException($"No job was claimed; {held} of {full} keys are at their limit.");

                held += claimed.Count;
            }
        }

        await store.Storage.InsertManyAsync([.. Enumerable.Range(0, Free * 20).Select(i => Job("work", Key("free-", i % Free)))], null, default);
        await store.SettleAsync();
        var sample = new Sample();
        for (var round = 0; round < 100; round++)
            await MeasureAsync(sample, () => ClaimAndCompleteAsync(store.Storage, worker, 20));

        return sample;
    }

    private async Task ClaimBehindRateLimitAsync()
    {
        var (few, many) = (await ClaimFreeAsync(0), await ClaimFreeAsync(Scaled(100_000)));
        Print($"claim and complete a job beside {Scaled(100_000):N0} due jobs that a rate limit holds back", many, "no such jobs", few);
    }

    private async Task<Sample> ClaimFreeAsync(int limited)
    {
        await using var store = await open();
        var worker = await StartAsync(store.Storage, "work", "limited");
        worker.SharedLimits = [new SharedLimit { Id = "job:limited", Names = ["limited"], Rate = new RateLimit(1, "366d") }];
        foreach (var chunk in Enumerable.Range(0, limited).Chunk(1000))
            await store.Storage.InsertManyAsync([.. chunk.Select(_ => Job("limited"))], null, default);

        await store.Storage.InsertManyAsync([Job("limited")], null, default);
        await ClaimAndCompleteAsync(store.Storage, worker, 1);
        await store.Storage.InsertManyAsync([.. Enumerable.Range(0, 2000).Select(_ => Job("work"))], null, default);
        await store.SettleAsync();
        var sample = new Sample();
        for (var round = 0; round < 100; round++)
            await MeasureAsync(sample, () => ClaimAndCompleteAsync(store.Storage, worker, 20));

        return sample;
    }

    private async Task ReportAsync()
    {
        const int Held = 100;
        await using var store = await open();
        var worker = await StartAsync(store.Storage, "work");
        await store.Storage.InsertManyAsync([.. Enumerable.Range(0, Held).Select(_ => Job("work"))], null, default);
        var held = await ClaimAsync(store.Storage, worker, Held);
        var (progress, logs) = (new Sample(), new Sample());
        for (var round = 0; round < Scaled(200); round++)
        {
            var percent = round % 100;
            await MeasureAsync(progress, Held, async () => await store.Storage.ReportProgressAsync([.. held.Select(job => new ProgressReport(job.Id, job.Lease, percent, "half way"))], default));
            await MeasureAsync(logs, Held, async () => await store.Storage.AppendLogsAsync([.. held.Select(job => new JobLogLine(job.Id, job.Lease, 1, DateTimeOffset.UtcNow, LogLevel.Information, "a line of some words", null))], 1000, default));
        }

        Print($"store a progress report, {Held} per call", progress);
        Print($"store a log line, {Held} per call", logs);
    }

    private async Task CancelAsync()
    {
        var (few, many) = (await CancelAsync(Scaled(10_000)), await CancelAsync(Scaled(100_000)));
        Print($"cancel a job, {Scaled(100_000):N0} by a filter of their name", many, $"{Scaled(10_000):N0}", few);
    }

    private async Task<Sample> CancelAsync(int count)
    {
        await using var store = await open();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(1000))
            await store.Storage.InsertManyAsync([.. chunk.Select(_ => Job("work"))], null, default);

        await store.SettleAsync();
        var sample = new Sample();
        await MeasureAsync(sample, count, async () =>
        {
            var request = new BulkChange(JobAction.Cancel, new JobFilter { Name = "work" });
            for (var changed = 0; ;)
            {
                var progress = await store.Storage.ChangeManyAsync(request, default);
                changed += progress.Changed;
                if (progress.NextCursor is null)
                {
                    if (changed != count)
                        throw new InvalidOperationException($"{changed} of {count} jobs were cancelled.");

                    break;
                }

                request = request with { Cursor = progress.NextCursor };
            }
        });
        return sample;
    }

    private async Task ListAsync()
    {
        await using var store = await open();
        var jobs = Scaled(1_000_000);
        await store.FillAsync(jobs);
        await store.SettleAsync();
        await ListAsync(store.Storage, new JobFilter(), new Sample());
        var all = new Sample();
        await ListAsync(store.Storage, new JobFilter(), all);
        Print($"list a page of 50 of {jobs:N0} finished jobs", all);
        foreach (var (what, filter) in FinishedJobs.Filters)
        {
            var sample = new Sample();
            await ListAsync(store.Storage, filter, sample);
            Print("list by " + what, sample, "no condition", all);
        }
    }

    private async Task ListAsync(IJobStorage storage, JobFilter filter, Sample sample)
    {
        await storage.ListAsync(filter, default);
        for (var round = 0; round < 50; round++)
            await MeasureAsync(sample, 1, async () => await storage.ListAsync(filter, default));
    }

    private Task MeasureAsync(Sample sample, int operations, Func<Task> action) => MeasureAsync(sample, async () =>
    {
        await action();
        return operations;
    });

    private async Task MeasureAsync(Sample sample, Func<Task<int>> action)
    {
        var (cpu, start) = (meter.Read(), Stopwatch.GetTimestamp());
        var operations = await action();
        sample.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds, meter.Read() - cpu, operations);
    }

    private static void Print(string what, Sample sample, string? reference = null, Sample? other = null) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {sample.Median:N1} | {sample.Cpu:N1} | {reference} | {(other is null ? "" : $"{sample.Median / other.Median:0.00}")} | {(other is null || other.Cpu == 0 ? "" : $"{sample.Cpu / other.Cpu:0.00}")} |"));

    private static JobDetails Order(int number) => new() { IdempotencyKey = "order-" + number.ToString(CultureInfo.InvariantCulture) };

    private static JobDetails Key(string prefix, int number) => new() { ConcurrencyKey = prefix + number.ToString(CultureInfo.InvariantCulture) };

    private static JobRecord Job(string name, JobDetails? details = null) => new() { Name = name, Queue = "default", Payload = FinishedJobs.Payload, Policy = JobPolicy.Default, Details = details };

    private static async Task<WorkExchange> StartAsync(IJobStorage storage, params string[] names)
    {
        await storage.HeartbeatAsync(new WorkerHeartbeat("worker", "here", "1", _lease, names, []), default);
        return new WorkExchange { WorkerId = "worker", Names = names };
    }

    private static async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(IJobStorage storage, WorkExchange exchange, int jobs)
    {
        exchange.Reset();
        exchange.MaxJobs = jobs;
        await storage.ExchangeAsync(exchange, default);
        return [.. exchange.Claimed];
    }

    /// <returns>How many there were; a claim may leave some of its room free.</returns>
    private static async Task<int> ClaimAndCompleteAsync(IJobStorage storage, WorkExchange exchange, int jobs)
    {
        var claimed = await ClaimAsync(storage, exchange, jobs);
        if (claimed.Count == 0)
            throw new InvalidOperationException("No job was claimed.");

        exchange.Reset();
        exchange.Outcomes.AddRange(claimed.Select(static job => new JobOutcome { Id = job.Id, Lease = job.Lease, Kind = JobOutcomeKind.Completed }));
        await storage.ExchangeAsync(exchange, default);
        return claimed.Count;
    }
}
