using Jobs.Hosting;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Fetching;

/// <summary>The limits that this worker shares with all others, from attributes and options.</summary>
internal static class SharedLimits
{
    /// <summary>The id of a job's own limit.</summary>
    public static string OfJob(string name) => "job:" + name;

    /// <summary>The id of the limit that each concurrency key has within a job.</summary>
    public static string OfJobKeys(string name) => "job-key:" + name;

    /// <summary>The id of a queue's own limit.</summary>
    public static string OfQueue(string name) => "queue:" + name;

    /// <summary>The id of the limit that each concurrency key has within a queue.</summary>
    public static string OfQueueKeys(string name) => "queue-key:" + name;

    public static IReadOnlyList<SharedLimit> Of(IEnumerable<RegisteredJob> jobs, JobsSettings settings)
    {
        var limits = new List<SharedLimit>();
        foreach (var job in jobs)
        {
            string[] names = [job.Name, .. job.Descriptor.Aliases];
            settings.Jobs.TryGetValue(job.Name, out var options);
            if (job.GlobalConcurrency is not null || options?.RateLimit is not null)
                limits.Add(new SharedLimit { Id = OfJob(job.Name), Names = names, MaxRunning = job.GlobalConcurrency, Rate = options?.RateLimit });

            if (options?.KeyRateLimit is { } rate)
                limits.Add(new SharedLimit { Id = OfJobKeys(job.Name), Names = names, Rate = rate, IsPerKey = true });
        }

        foreach (var (name, queue) in settings.Queues)
        {
            if (queue.RateLimit is { } rate)
                limits.Add(new SharedLimit { Id = OfQueue(name), Queue = name, Rate = rate });

            if (queue.KeyRateLimit is { } keyRate)
                limits.Add(new SharedLimit { Id = OfQueueKeys(name), Queue = name, Rate = keyRate, IsPerKey = true });
        }

        return limits;
    }
}
