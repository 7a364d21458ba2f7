using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Jobs.Hosting;

/// <summary>Reads options from configuration without reflection. A key that means nothing is an error: a typing mistake must not go unnoticed.</summary>
internal static class JobsConfigurationReader
{
    public static void Apply(IConfigurationSection section, WorkerOptions worker, Dictionary<string, QueueOptions> queues, Dictionary<string, JobOptions> jobs, JobLimits limits, JobLogOptions logs, JobEventOptions events)
    {
        foreach (var child in Members(section))
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "WORKER":
                    Apply(child, worker);
                    break;
                case "QUEUES":
                    foreach (var queue in Members(child))
                    {
                        if (!queues.TryGetValue(queue.Key, out var options))
                        {
                            queues[queue.Key] = options = new QueueOptions();
                        }

                        Apply(queue, options);
                    }

                    break;
                case "JOBS":
                    foreach (var job in Members(child))
                    {
                        if (!jobs.TryGetValue(job.Key, out var options))
                        {
                            jobs[job.Key] = options = new JobOptions();
                        }

                        Apply(job, options);
                    }

                    break;
                case "LIMITS":
                    Apply(child, limits);
                    break;
                case "JOBLOGS":
                    Apply(child, logs);
                    break;
                case "EVENTS":
                    Apply(child, events);
                    break;
                default:
                    throw Unknown(child, "Worker, Queues, Jobs, Limits, JobLogs or Events");
            }
        }
    }

    private static void Apply(IConfigurationSection section, WorkerOptions worker)
    {
        foreach (var child in Members(section))
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "CONCURRENCY":
                    worker.Concurrency = Number(child);
                    break;
                case "QUEUES":
                    worker.Queues.Clear();
                    foreach (var queue in Members(child))
                    {
                        worker.Queues.Add(queue.Value ?? throw Wrong(queue, "a queue's name"));
                    }

                    break;
                case "JOBS":
                    worker.Jobs.Clear();
                    foreach (var job in Members(child))
                    {
                        worker.Jobs.Add(job.Value ?? throw Wrong(job, "a job's name"));
                    }

                    break;
                case "STRICTQUEUEORDER":
                    worker.StrictQueueOrder = bool.TryParse(child.Value, out var isStrict) ? isStrict : throw Wrong(child, "true or false");
                    break;
                case "QUEUEWEIGHTS":
                    foreach (var weight in Members(child))
                    {
                        worker.QueueWeights[weight.Key] = Number(weight);
                    }

                    break;
                case "SHUTDOWNGRACE":
                    worker.ShutdownGrace = Duration(child);
                    break;
                case "LEASEDURATION":
                    worker.LeaseDuration = Duration(child);
                    break;
                case "HEARTBEATINTERVAL":
                    worker.HeartbeatInterval = Duration(child);
                    break;
                case "POLLINTERVAL":
                    worker.PollInterval = Duration(child);
                    break;
                case "MAXTAKEOVERS":
                    worker.MaxTakeovers = Number(child);
                    break;
                case "VERSION":
                    worker.Version = child.Value;
                    break;
                case "NOHANDLERGRACE":
                    worker.NoHandlerGrace = Duration(child);
                    break;
                case "ABANDONGRACE":
                    worker.AbandonGrace = Duration(child);
                    break;
                case "MAINTENANCEINTERVAL":
                    worker.MaintenanceInterval = Duration(child);
                    break;
                default:
                    throw Unknown(child, "an option of the worker");
            }
        }
    }

    private static void Apply(IConfigurationSection section, QueueOptions queue)
    {
        foreach (var child in Members(section))
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "MAXCONCURRENCY":
                    queue.MaxConcurrency = Number(child);
                    break;
                case "RATELIMIT":
                    queue.RateLimit = Rate(child);
                    break;
                case "KEYRATELIMIT":
                    queue.KeyRateLimit = Rate(child);
                    break;
                case "MAXATTEMPTS":
                    queue.MaxAttempts = Number(child);
                    break;
                case "TIMEOUT":
                    queue.Timeout = Duration(child);
                    break;
                default:
                    throw Unknown(child, "MaxConcurrency, RateLimit, KeyRateLimit, MaxAttempts or Timeout");
            }
        }
    }

    private static void Apply(IConfigurationSection section, JobOptions job)
    {
        foreach (var child in Members(section))
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "RATELIMIT":
                    job.RateLimit = Rate(child);
                    break;
                case "KEYRATELIMIT":
                    job.KeyRateLimit = Rate(child);
                    break;
                case "RETAINCOMPLETEDCOUNT":
                    job.RetainCompletedCount = Number(child);
                    break;
                case "RETAINFAILEDCOUNT":
                    job.RetainFailedCount = Number(child);
                    break;
                default:
                    throw Unknown(child, "RateLimit, KeyRateLimit, RetainCompletedCount or RetainFailedCount");
            }
        }
    }

    private static void Apply(IConfigurationSection section, JobLimits limits)
    {
        foreach (var child in Members(section))
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "MAXPAYLOADBYTES":
                    limits.MaxPayloadBytes = Number(child);
                    break;
                case "MAXRESULTBYTES":
                    limits.MaxResultBytes = Number(child);
                    break;
                case "MAXSTEPS":
                    limits.MaxSteps = Number(child);
                    break;
                default:
                    throw Unknown(child, "MaxPayloadBytes, MaxResultBytes or MaxSteps");
            }
        }
    }

    private static void Apply(IConfigurationSection section, JobLogOptions logs)
    {
        foreach (var child in Members(section))
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "MINIMUMLEVEL":
                    logs.MinimumLevel = Enum.TryParse<LogLevel>(child.Value, ignoreCase: true, out var level) ? level : throw Wrong(child, "a level such as \"Warning\", or \"None\",");
                    break;
                case "MAXLINES":
                    logs.MaxLines = Number(child);
                    break;
                case "MAXLINELENGTH":
                    logs.MaxLineLength = Number(child);
                    break;
                default:
                    throw Unknown(child, "MinimumLevel, MaxLines or MaxLineLength");
            }
        }
    }

    private static void Apply(IConfigurationSection section, JobEventOptions events)
    {
        foreach (var child in Members(section))
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "ISSTORED":
                    events.IsStored = bool.TryParse(child.Value, out var isStored) ? isStored : throw Wrong(child, "true or false");
                    break;
                case "RETENTION":
                    events.Retention = Duration(child);
                    break;
                default:
                    throw Unknown(child, "IsStored or Retention");
            }
        }
    }

    /// <summary>The members of a group. A plain value in its place would otherwise be passed over in silence.</summary>
    private static IEnumerable<IConfigurationSection> Members(IConfigurationSection section) =>
        string.IsNullOrEmpty(section.Value) ? section.GetChildren() : throw Wrong(section, "a group of keys, or a list,");

    private static int Number(IConfigurationSection section) =>
        int.TryParse(section.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(section, "a whole number");

    private static TimeSpan Duration(IConfigurationSection section) =>
        JobDuration.TryParse(section.Value, out var value) ? value.Value : throw Wrong(section, "a duration such as \"30s\" or \"1h30m\"");

    private static RateLimit Rate(IConfigurationSection section)
    {
        try
        {
            return RateLimit.Parse(section.Value ?? "");
        }
        catch (FormatException)
        {
            throw Wrong(section, "a rate limit such as \"100/1m\", or with a burst \"100/1m,10\",");
        }
    }

    private static JobException Wrong(IConfigurationSection section, string expected) =>
        new(JobErrorCodes.Configuration, $"The configuration value '{section.Path}' is '{section.Value}'; {expected} is expected.");

    private static JobException Unknown(IConfigurationSection section, string expected) =>
        new(JobErrorCodes.Configuration, $"The configuration key '{section.Path}' means nothing; {expected} is expected. Check the spelling.");
}
