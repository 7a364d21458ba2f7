using Jobs.Hosting;
using Jobs.Registry;
using Microsoft.Extensions.Hosting;

namespace Jobs.Client.Remote;

/// <summary>Refuses at start what has no effect in an application whose jobs another process has: whoever set it expects one.</summary>
internal sealed class RemoteStart(JobsSetup setup, Func<JobRegistry> registry) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meaningless = Meaningless().ToList();
        if (meaningless.Count > 0)
        {
            throw new JobException(JobErrorCodes.Configuration, $"UseHttp leaves storing and running to another process, so this application cannot have {string.Join(", ", meaningless)}. Leave it out here and set it up there.");
        }

        // Clashing names are found now, not with the first call.
        registry();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Meaningless()
    {
        var settings = new (string Name, bool IsSet)[]
        {
            ("a storage", setup.StorageFactory is not null),
            ("WithoutStorage", setup.HasNoStorage),
            ("jobs that are pushed elsewhere (PushTo)", setup.Deliveries.Count > 0),
            ("worker options (Worker)", setup.WorkerCallbacks.Count > 0),
            ("queue options (Queue)", setup.QueueCallbacks.Count > 0),
            ("job options (Job)", setup.JobCallbacks.Count > 0),
            ("limits (Limits)", setup.LimitCallbacks.Count > 0),
            ("logs of jobs (JobLogs)", setup.LogCallbacks.Count > 0),
            ("scheduling options (Schedules)", setup.SchedulingCallbacks.Count > 0),
            ("retry rules (OnFailure)", setup.FailureCallbacks.Count > 0),
            ("event options (Events)", setup.EventCallbacks.Count > 0),
            ("middleware (Use)", setup.Middleware.Count > 0),
        };
        return settings.Where(static setting => setting.IsSet).Select(static setting => setting.Name)
            .Concat(setup.Sections.Where(static section => section.GetChildren().Any()).Select(static section => $"the configuration '{section.Path}'"));
    }
}
