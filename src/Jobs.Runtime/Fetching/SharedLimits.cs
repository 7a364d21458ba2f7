using Jobs.Hosting;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Fetching;

/// <summary>The limits that this worker shares with all others, from attributes and options.</summary>
internal static class SharedLimits
{
    public static IReadOnlyList<SharedLimit> Of(IEnumerable<RegisteredJob> jobs, JobsSettings settings)
    {
        var limits = new List<SharedLimit>();
        foreach (var job in jobs)
        {
            string[] names = [job.Name, .. job.Descriptor.Aliases];
            settings.Jobs.TryGetValue(job.Name, out var options);
            if (job.GlobalConcurrency is not null || options?.RateLimit is not null)
                limits.Add(new SharedLimit { Id = "job:" + job.Name, Names = names, MaxRunning = job.GlobalConcurrency, Rate = options?.RateLimit });

            if (options?.KeyRateLimit is { } rate)
                limits.Add(new SharedLimit { Id = "job-key:" + job.Name, Names = names, Rate = rate, IsPerKey = true });
        }

        foreach (var (name, queue) in settings.Queues)
        {
            if (queue.RateLimit is { } rate)
                limits.Add(new SharedLimit { Id = "queue:" + name, Queue = name, Rate = rate });

            if (queue.KeyRateLimit is { } keyRate)
                limits.Add(new SharedLimit { Id = "queue-key:" + name, Queue = name, Rate = keyRate, IsPerKey = true });
        }

        return limits;
    }
}
