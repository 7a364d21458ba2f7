using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jobs.Hosting;

/// <summary>Runs all configuration callbacks once, and refuses what is out of range with a message that names the option.</summary>
internal static class JobsSettingsFactory
{
    public static JobsSettings Create(JobsSetup setup, IOptions<HostOptions>? host)
    {
        var worker = new WorkerOptions();
        var limits = new JobLimits();
        var logs = new JobLogOptions();
        var events = new JobEventOptions();
        var queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal);
        var jobs = new Dictionary<string, JobOptions>(StringComparer.Ordinal);
        foreach (var section in setup.Sections)
        {
            JobsConfigurationReader.Apply(section, worker, queues, jobs, limits, logs, events);
        }

        foreach (var configure in setup.WorkerCallbacks)
        {
            configure(worker);
        }

        foreach (var (name, configure) in setup.QueueCallbacks)
        {
            if (!queues.TryGetValue(name, out var queue))
            {
                queues[name] = queue = new QueueOptions();
            }

            configure(queue);
        }

        foreach (var (name, configure) in setup.JobCallbacks)
        {
            if (!jobs.TryGetValue(name, out var job))
            {
                jobs[name] = job = new JobOptions();
            }

            configure(job);
        }

        foreach (var configure in setup.LimitCallbacks)
        {
            configure(limits);
        }

        foreach (var configure in setup.EventCallbacks)
        {
            configure(events);
        }

        foreach (var configure in setup.LogCallbacks)
        {
            configure(logs);
        }

        var scheduling = new SchedulingOptions();
        foreach (var configure in setup.SchedulingCallbacks)
        {
            configure(scheduling);
        }

        var problems = new List<string>();
        Check(worker, problems);
        if (!setup.IsClientOnly && host is not null)
        {
            Require(host.Value.ShutdownTimeout == Timeout.InfiniteTimeSpan || worker.ShutdownGrace <= host.Value.ShutdownTimeout, problems,
                $"Worker.ShutdownGrace ({worker.ShutdownGrace}) is longer than the host's shutdown timeout ({host.Value.ShutdownTimeout}), which would cut the drain short. Shorten it, or raise HostOptions.ShutdownTimeout.");
        }

        foreach (var (name, queue) in queues)
        {
            Check(name, queue, problems);
        }

        foreach (var (name, job) in jobs)
        {
            Require(JobIdentifierText.CheckJobName(name) is null, problems, $"'{name}' is not a job's name: {JobIdentifierText.CheckJobName(name)}.");
            CheckCount(nameof(job.RetainCompletedCount), job.RetainCompletedCount);
            CheckCount(nameof(job.RetainFailedCount), job.RetainFailedCount);

            void CheckCount(string option, int? count)
            {
                if (count is { } number && JobOptionRules.CheckRetainedCount(number) is { } problem)
                {
                    problems.Add($"Jobs.{name}.{option} is wrong: {problem}.");
                }
            }
        }

        Check(setup, worker, problems);
        Require(limits.MaxPayloadBytes > 0, problems, $"Limits.MaxPayloadBytes is {limits.MaxPayloadBytes}; it must be more than 0.");
        Require(limits.MaxResultBytes > 0, problems, $"Limits.MaxResultBytes is {limits.MaxResultBytes}; it must be more than 0.");
        Require(limits.MaxSteps > 0, problems, $"Limits.MaxSteps is {limits.MaxSteps}; it must be more than 0.");
        Require(Enum.IsDefined(logs.MinimumLevel), problems, $"JobLogs.MinimumLevel is {logs.MinimumLevel}, which is no level.");
        Require(events.Retention >= TimeSpan.FromMinutes(1) && events.Retention <= TimeSpan.FromDays(3650), problems, $"Events.Retention is {events.Retention}; it must be from 1 minute to 10 years.");
        Require(logs.MaxLines is >= 1 and <= 100_000, problems, $"JobLogs.MaxLines is {logs.MaxLines}; it must be from 1 to 100,000.");
        Require(logs.MaxLineLength is >= 100 and <= 100_000, problems, $"JobLogs.MaxLineLength is {logs.MaxLineLength}; it must be from 100 to 100,000.");
        Require(scheduling.MinimumInterval >= TimeSpan.FromSeconds(1), problems, $"Schedules.MinimumInterval is {scheduling.MinimumInterval}; it must be at least 1 second.");
        Require(Enum.IsDefined(scheduling.Vanished), problems, $"Schedules.Vanished is {scheduling.Vanished}; it must be Pause, Keep or Remove.");
        if (problems.Count > 0)
        {
            throw new JobException(JobErrorCodes.Configuration, "The configuration of jobs is wrong: " + string.Join(" ", problems));
        }

        return new JobsSettings
        {
            Worker = worker,
            Queues = queues,
            Jobs = jobs,
            Limits = limits,
            Logs = logs,
            Events = events,
            OnFailure = [.. setup.FailureCallbacks],
            Scheduling = scheduling,
            Middleware = [.. setup.Middleware],
            Deliveries = [.. setup.Deliveries],
            IsClientOnly = setup.IsClientOnly,
        };
    }

    private static void Check(WorkerOptions worker, List<string> problems)
    {
        Require(JobOptionRules.CheckWorkerConcurrency(worker.Concurrency) is null, problems, $"Worker.Concurrency is {worker.Concurrency}; it must be from 1 to 10,000.");
        Require(JobOptionRules.CheckLease(worker.LeaseDuration) is null, problems, $"Worker.LeaseDuration is {worker.LeaseDuration}; {JobOptionRules.CheckLease(worker.LeaseDuration)}.");
        Require(worker.HeartbeatInterval > TimeSpan.Zero && worker.HeartbeatInterval * 2 <= worker.LeaseDuration, problems, $"Worker.HeartbeatInterval is {worker.HeartbeatInterval}; it must be more than 0 and at most half of Worker.LeaseDuration ({worker.LeaseDuration}).");
        Require(JobOptionRules.CheckPoll(worker.PollInterval) is null, problems, $"Worker.PollInterval is {worker.PollInterval}; {JobOptionRules.CheckPoll(worker.PollInterval)}.");
        Require(JobOptionRules.CheckGrace(worker.ShutdownGrace) is null, problems, $"Worker.ShutdownGrace is {worker.ShutdownGrace}; {JobOptionRules.CheckGrace(worker.ShutdownGrace)}.");
        Require(worker.AbandonGrace >= TimeSpan.Zero, problems, $"Worker.AbandonGrace is {worker.AbandonGrace}; it must not be negative.");
        Require(worker.NoHandlerGrace >= TimeSpan.Zero, problems, $"Worker.NoHandlerGrace is {worker.NoHandlerGrace}; it must not be negative.");
        Require(worker.MaintenanceInterval >= TimeSpan.FromMilliseconds(10) && worker.MaintenanceInterval <= TimeSpan.FromHours(1), problems, $"Worker.MaintenanceInterval is {worker.MaintenanceInterval}; it must be from 10 milliseconds to 1 hour.");
        Require(worker.MaxTakeovers >= 0, problems, $"Worker.MaxTakeovers is {worker.MaxTakeovers}; it must not be negative.");
        CheckQueueOrder(worker, problems);
        foreach (var job in worker.Jobs)
        {
            Require(JobIdentifierText.CheckJobName(job) is null, problems, $"Worker.Jobs contains '{job}', which is not a job's name: {JobIdentifierText.CheckJobName(job)}.");
        }

        foreach (var queue in worker.Queues)
        {
            Require(JobIdentifierText.CheckQueueName(queue) is null, problems, $"Worker.Queues contains '{queue}', which is not a queue's name: {JobIdentifierText.CheckQueueName(queue)}.");
        }
    }

    private static void Check(JobsSetup setup, WorkerOptions worker, List<string> problems)
    {
        Require(!setup.HasNoStorage || setup.StorageFactory is null, problems, "WithoutStorage and a storage exclude each other; use one of them.");
        Require(setup.Deliveries.Count == 0 || !setup.IsClientOnly, problems, "ClientOnly and PushTo exclude each other: what pushes jobs is a worker.");
        foreach (var delivery in setup.Deliveries)
        {
            Require(JobIdentifierText.CheckQueueName(delivery.Queue) is null, problems, $"PushTo: '{delivery.Queue}' is not a queue's name: {JobIdentifierText.CheckQueueName(delivery.Queue)}.");
            Require(JobOptionRules.CheckWorkerConcurrency(delivery.Concurrency) is null, problems, $"PushTo('{delivery.Queue}'): MaxConcurrency is {delivery.Concurrency}; it must be from 1 to 10,000.");
            Require(!worker.Queues.Contains(delivery.Queue), problems, $"Worker.Queues contains '{delivery.Queue}', whose jobs are pushed elsewhere. Take it out of one of them.");
        }

        foreach (var queue in setup.Deliveries.GroupBy(static delivery => delivery.Queue, StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            problems.Add($"PushTo is called more than once for the queue '{queue.Key}'. Put several receivers behind one address.");
        }
    }

    private static void CheckQueueOrder(WorkerOptions worker, List<string> problems)
    {
        Require(!worker.StrictQueueOrder || worker.Queues.Count > 0, problems, "Worker.StrictQueueOrder is set, and Worker.Queues is empty; name the queues in their order.");
        Require(!worker.StrictQueueOrder || worker.QueueWeights.Count == 0, problems, "Worker.StrictQueueOrder and Worker.QueueWeights exclude each other; use one of them.");
        if (worker.QueueWeights.Count == 0)
        {
            return;
        }

        foreach (var queue in worker.Queues.Where(queue => !worker.QueueWeights.ContainsKey(queue)))
        {
            problems.Add($"Worker.QueueWeights has no weight for '{queue}', which Worker.Queues contains.");
        }

        foreach (var (queue, weight) in worker.QueueWeights)
        {
            Require(worker.Queues.Contains(queue), problems, $"Worker.QueueWeights has a weight for '{queue}', which Worker.Queues does not contain.");
            Require(weight is >= 1 and <= 1000, problems, $"Worker.QueueWeights['{queue}'] is {weight}; it must be from 1 to 1,000.");
        }
    }

    private static void Check(string name, QueueOptions queue, List<string> problems)
    {
        Require(JobIdentifierText.CheckQueueName(name) is null, problems, $"'{name}' is not a queue's name: {JobIdentifierText.CheckQueueName(name)}.");
        Require(queue.MaxConcurrency is null || JobOptionRules.CheckConcurrency(queue.MaxConcurrency.Value) is null, problems, $"Queues.{name}.MaxConcurrency is {queue.MaxConcurrency}; it must be at least 1.");
        Require(queue.MaxAttempts is null || JobOptionRules.CheckAttempts(queue.MaxAttempts.Value) is null, problems, $"Queues.{name}.MaxAttempts is {queue.MaxAttempts}; it must be from 1 to {EnqueueRules.MaxMaxAttempts}.");
        Require(queue.Timeout is null || JobOptionRules.CheckTimeout(queue.Timeout.Value.Value) is null, problems, $"Queues.{name}.Timeout is {queue.Timeout}; it must be more than 0 and at most 1,000 years.");
    }

    private static void Require(bool condition, List<string> problems, string problem)
    {
        if (!condition)
        {
            problems.Add(problem);
        }
    }
}
