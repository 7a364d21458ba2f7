using Jobs;

namespace CompileErrors;

public sealed class Caller(JobClient jobs)
{
    public async Task CallAsync(JobHandle<int> job, JobsBuilder builder, OrderInput order, OrderInput[] orders)
    {
        jobs.Order.EnqueueAsync(order);
        job.CancelAsync();
        job.WaitForResultAsync();
        _ = jobs.Order.EnqueueAsync(order).AsTask().Result;
        job.WaitForCompletionAsync().Wait();
        _ = job.WaitForResultAsync().GetAwaiter().GetResult();
        await jobs.Order.EnqueueAsync(order, new() { Delay = "1 h" });
        await jobs.Order.EnqueueAsync(order, new() { Delay = TimeSpan.FromSeconds(-1) });
        await jobs.Order.EnqueueAsync(order, new() { Delay = 5 });
        await jobs.Order.EnqueueAsync(order, new() { Delay = "1h", RunAt = DateTimeOffset.UtcNow });
        await jobs.Order.EnqueueAsync(order, new() { RunAt = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        await jobs.Order.EnqueueAsync(order, new() { Queue = "out going" });
        await jobs.Order.EnqueueAsync(order, new() { MaxAttempts = 0 });
        await jobs.Order.EnqueueAsync(order, new() { IdempotencyKey = "", OnCompleted = new("done"), OnFailed = new("http://example.com") });
        foreach (var one in orders) await jobs.Order.EnqueueAsync(one);
        builder.Queue("out going", queue => queue.MaxConcurrency = 0);
        builder.Worker(worker => worker.Concurrency = 0);
    }
}

[Job]
public sealed class Deaf : IJobHandler
{
    public async ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => await context.ReportProgressAsync(101);
}
