using System.Globalization;

namespace Jobs.Storage;

/// <summary>How a job is run, retried and kept: the outcome of call, job, queue and product defaults, fixed when it is enqueued.</summary>
public sealed record JobPolicy
{
    /// <summary>The product's defaults.</summary>
    public static JobPolicy Default { get; } = new();

    /// <summary>How often the job may run, the first run included.</summary>
    public int MaxAttempts { get; init; } = JobOptionRules.DefaultMaxAttempts;

    /// <summary>How the delay grows; never <see cref="BackoffKind.Default"/>.</summary>
    public BackoffKind Backoff { get; init; } = BackoffKind.Exponential;

    /// <summary>The delay before the first retry.</summary>
    public TimeSpan BackoffDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between two attempts, jitter included.</summary>
    public TimeSpan MaxBackoffDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The share of the delay that is random.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>How long one attempt may run.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long an attempt may go without reporting progress.</summary>
    public TimeSpan? ProgressTimeout { get; init; }

    /// <summary>How long the record is kept once completed.</summary>
    public TimeSpan RetainCompleted { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long the record is kept once failed or cancelled.</summary>
    public TimeSpan RetainFailed { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Where a letter goes when the job fails for good; null for nowhere.</summary>
    public FollowUpTarget? DeadLetter { get; init; }

    /// <summary>The job that delivers callbacks; null when the job has none.</summary>
    public FollowUpTarget? Callback { get; init; }

    /// <summary>Who is told when the job completed: an absolute address.</summary>
    public string? OnCompleted { get; init; }

    /// <summary>Who is told when the job failed for good or was cancelled: an absolute address.</summary>
    public string? OnFailed { get; init; }

    /// <summary>What differs from the defaults, as text for a storage's column; empty when nothing does. <see cref="Parse"/> reads it.</summary>
    public string Format()
    {
        var parts = new List<string>();
        Add("attempts", MaxAttempts, Default.MaxAttempts, static v => v.ToString(CultureInfo.InvariantCulture));
        Add("backoff", Backoff, Default.Backoff, static v => v.ToString());
        Add("delay", BackoffDelay, Default.BackoffDelay, Text);
        Add("max-delay", MaxBackoffDelay, Default.MaxBackoffDelay, Text);
        Add("jitter", Jitter, Default.Jitter, static v => v.ToString("R", CultureInfo.InvariantCulture));
        Add("timeout", Timeout, null, static v => Text(v!.Value));
        Add("progress-timeout", ProgressTimeout, null, static v => Text(v!.Value));
        Add("keep", RetainCompleted, Default.RetainCompleted, Text);
        Add("keep-failed", RetainFailed, Default.RetainFailed, Text);
        Add("dead-letter", DeadLetter, null, static v => v!.Format());
        Add("callback", Callback, null, static v => v!.Format());
        Add("on-completed", OnCompleted, null, static v => v!);
        Add("on-failed", OnFailed, null, static v => v!);
        return string.Join(' ', parts);

        static string Text(TimeSpan value) => ((JobDuration)value).ToString();

        void Add<T>(string name, T value, T standard, Func<T, string> text)
        {
            if (!EqualityComparer<T>.Default.Equals(value, standard))
            {
                parts.Add($"{name}={text(value)}");
            }
        }
    }

    /// <summary>Reads what <see cref="Format"/> wrote. Names that it does not know, from a newer version, are passed over.</summary>
    /// <param name="text">The text; empty or null means the defaults.</param>
    /// <exception cref="FormatException">The text was not written by <see cref="Format"/>.</exception>
    public static JobPolicy Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Default;
        }

        var policy = Default;
        foreach (var part in text.Split(' '))
        {
            var separator = part.IndexOf('=', StringComparison.Ordinal);
            if (separator < 0)
            {
                throw new FormatException($"'{text}' is not a job's policy: '{part}' has no value.");
            }

            var value = part[(separator + 1)..];
            policy = part[..separator] switch
            {
                "attempts" => policy with { MaxAttempts = int.Parse(value, CultureInfo.InvariantCulture) },
                "backoff" => policy with { Backoff = Enum.Parse<BackoffKind>(value) },
                "delay" => policy with { BackoffDelay = JobDuration.Parse(value) },
                "max-delay" => policy with { MaxBackoffDelay = JobDuration.Parse(value) },
                "jitter" => policy with { Jitter = double.Parse(value, CultureInfo.InvariantCulture) },
                "timeout" => policy with { Timeout = JobDuration.Parse(value) },
                "progress-timeout" => policy with { ProgressTimeout = JobDuration.Parse(value) },
                "keep" => policy with { RetainCompleted = JobDuration.Parse(value) },
                "keep-failed" => policy with { RetainFailed = JobDuration.Parse(value) },
                "dead-letter" => policy with { DeadLetter = FollowUpTarget.Parse(value) },
                "callback" => policy with { Callback = FollowUpTarget.Parse(value) },
                "on-completed" => policy with { OnCompleted = value },
                "on-failed" => policy with { OnFailed = value },
                _ => policy,
            };
        }

        return policy;
    }
}
