using System.Text.Json;
using Quartz;

namespace Jobs.Benchmarks.EndToEnd;

/// <summary>Quartz with its RAM store: one durable job, one trigger per run, the payload as JSON in the trigger's data.</summary>
public sealed class QuartzHost : IAsyncDisposable
{
    private static readonly JobKey _job = new("no-op");
    private readonly IScheduler _scheduler;

    private QuartzHost(IScheduler scheduler) => _scheduler = scheduler;

    public static async Task<QuartzHost> StartAsync(Arrivals arrivals)
    {
        var properties = new System.Collections.Specialized.NameValueCollection
        {
            ["quartz.threadPool.maxConcurrency"] = "64",
            ["quartz.scheduler.batchTriggerAcquisitionMaxCount"] = "64",
            ["quartz.scheduler.instanceName"] = Guid.NewGuid().ToString(),
        };
        var scheduler = await QuartzSchedulerBuilder.Create().UseProperties(properties).BuildScheduler();
        scheduler.Context.Add("arrivals", arrivals);
        await scheduler.AddJob(JobBuilder.Create<NoOpJob>().WithIdentity(_job).StoreDurably().Build());
        await scheduler.Start();
        return new QuartzHost(scheduler);
    }

    public async ValueTask EnqueueAsync(Mail mail)
    {
        var trigger = TriggerBuilder.Create().ForJob(_job).UsingJobData("payload", JsonSerializer.Serialize(mail)).StartNow().Build();
        await _scheduler.ScheduleJob(trigger);
    }

    public async ValueTask DisposeAsync() => await _scheduler.Shutdown(waitForJobsToComplete: true);

    public sealed class NoOpJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            var mail = JsonSerializer.Deserialize<Mail>(context.MergedJobDataMap.GetString("payload")!);
            ArgumentNullException.ThrowIfNull(mail);
            ((Arrivals)context.Scheduler.Context["arrivals"]!).Signal();
            return ValueTask.CompletedTask;
        }
    }
}
