using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Client;

/// <summary>Puts a call's callbacks into the job's policy, which is all that a storage needs to leave them when the job ends.</summary>
internal static class Callbacks
{
    public static JobPolicy AddTo(JobPolicy policy, JobsRuntime runtime, EnqueueOptions options)
    {
        if (!runtime.Registry.TryFind(CallbackEnvelope.JobName, out var delivery) || runtime.Services.GetService<IJobCallbackGuard>() is not { } guard)
        {
            throw EnqueueRules.Refuse(
                options.OnCompleted is not null ? nameof(EnqueueOptions.OnCompleted) : nameof(EnqueueOptions.OnFailed),
                "this application delivers no callbacks. Call jobs.UseCallbacks(…) of the package Jobs.Http in AddJobs");
        }

        return policy with
        {
            Callback = new FollowUpTarget(delivery.Name, delivery.Queue, delivery.Priority, delivery.Policy with { DeadLetter = null }),
            OnCompleted = Check(guard, nameof(EnqueueOptions.OnCompleted), options.OnCompleted),
            OnFailed = Check(guard, nameof(EnqueueOptions.OnFailed), options.OnFailed),
        };
    }

    private static string? Check(IJobCallbackGuard guard, string option, Uri? address) =>
        address is not null && guard.Check(address) is { } problem ? throw EnqueueRules.Refuse(option, problem) : address?.AbsoluteUri;
}
