namespace Jobs;

/// <summary>What the options of a call may be; everything else is refused before anything is stored.</summary>
internal static class EnqueueRules
{
    public const int MaxMaxAttempts = JobOptionRules.MaxAttempts;
    public const int MaxKeyLength = JobOptionRules.MaxKeyLength;
    public const int MaxDependencies = 1000;

    /// <summary>Those that tags name are counted apart.</summary>
    public const int MaxTagDependencies = 10_000;
    public const int MaxTags = JobOptionRules.MaxTags;
    public const int MaxTagLength = JobOptionRules.MaxTagLength;
    public const int MaxMetadata = 64;
    public const int MaxMetadataKeyLength = 100;
    public const int MaxMetadataValueLength = 4000;

    /// <summary>Longer than anything meant seriously, and short enough that a time plus a duration is still a time on every storage.</summary>
    public static readonly TimeSpan MaxDuration = JobOptionRules.MaxDuration;

    public static void Check(EnqueueOptions options)
    {
        if (options.Queue is { } queue && JobIdentifierText.CheckQueueName(queue) is { } problem)
        {
            throw Refuse(nameof(options.Queue), $"'{queue}' is not a queue's name: {problem}");
        }

        if (options.MaxAttempts is { } attempts && JobOptionRules.CheckAttempts(attempts) is { } attemptsProblem)
        {
            throw Refuse(nameof(options.MaxAttempts), attemptsProblem);
        }

        if (options.Jitter is { } jitter && JobOptionRules.CheckJitter(jitter) is { } jitterProblem)
        {
            throw Refuse(nameof(options.Jitter), jitterProblem);
        }

        CheckDuration(nameof(options.Delay), options.Delay);
        CheckDuration(nameof(options.Timeout), options.Timeout);
        CheckDuration(nameof(options.BackoffDelay), options.BackoffDelay);
        CheckDuration(nameof(options.MaxBackoffDelay), options.MaxBackoffDelay);
        CheckDuration(nameof(options.RetainCompleted), options.RetainCompleted);
        CheckDuration(nameof(options.RetainFailed), options.RetainFailed);
        if (options.Timeout is { } timeout && JobOptionRules.CheckTimeout(timeout.Value) is { } timeoutProblem)
        {
            throw Refuse(nameof(options.Timeout), timeoutProblem);
        }

        if (options.Backoff is { } backoff && !Enum.IsDefined(backoff))
        {
            throw Refuse(nameof(options.Backoff), $"{backoff} is not a kind of backoff");
        }

        if (options.RunAt is { } runAt && runAt.Year >= 9999)
        {
            throw Refuse(nameof(options.RunAt), $"{runAt:O} is too far away");
        }

        CheckDuration(nameof(options.IdempotencyWindow), options.IdempotencyWindow);
        CheckText(nameof(options.IdempotencyKey), options.IdempotencyKey, MaxKeyLength);
        CheckText(nameof(options.ConcurrencyKey), options.ConcurrencyKey, MaxKeyLength);
        CheckText(nameof(options.OrderingKey), options.OrderingKey, MaxKeyLength);
        CheckText(nameof(options.FairnessKey), options.FairnessKey, MaxKeyLength);
        CheckDuplicates(options);
        CheckDependencies(options);
        CheckText(nameof(options.Submitter), options.Submitter, MaxKeyLength);
        CheckCallback(nameof(options.OnCompleted), options.OnCompleted);
        CheckCallback(nameof(options.OnFailed), options.OnFailed);
        CheckTags(options.Tags, Refuse);
        CheckTags(options.DependsOnTags, static (_, problem) => Refuse(nameof(options.DependsOnTags), problem));
        CheckMetadata(options.Metadata);
    }

    /// <summary>Options that hold for all jobs of a call cannot have what belongs to one.</summary>
    public static void CheckShared(EnqueueOptions? shared, int count)
    {
        if (count > 1 && shared is not null && (shared.Id is not null || shared.IdempotencyKey is not null))
        {
            throw Refuse(shared.Id is not null ? nameof(EnqueueOptions.Id) : nameof(EnqueueOptions.IdempotencyKey), $"one value cannot be that of {count} jobs; use the overload with options per input");
        }
    }

    public static JobException Refuse(string option, string problem) =>
        new(JobErrorCodes.InvalidOption, $"EnqueueOptions.{option} is refused: {problem}. Nothing was stored.");

    private static void CheckDuration(string option, JobDuration? duration)
    {
        if (duration is { } value && JobOptionRules.CheckDuration(value.Value) is { } problem)
        {
            throw Refuse(option, problem);
        }
    }

    private static void CheckDuplicates(EnqueueOptions options)
    {
        if (!Enum.IsDefined(options.OnDuplicate))
        {
            throw Refuse(nameof(options.OnDuplicate), $"{options.OnDuplicate} is not a way to treat duplicates");
        }

        if (options.IdempotencyKey is not null && options.IdempotentByInput)
        {
            throw Refuse(nameof(options.IdempotentByInput), "there is an IdempotencyKey, and a job has one key; leave one of them out");
        }

        if (options.IdempotencyKey is null && !options.IdempotentByInput && (options.OnDuplicate != OnDuplicate.Keep || options.IdempotencyWindow is not null))
        {
            throw Refuse(options.IdempotencyWindow is null ? nameof(options.OnDuplicate) : nameof(options.IdempotencyWindow), "it says something about the IdempotencyKey, and there is none; IdempotentByInput gives one, too");
        }

        if (options.IdempotencyWindow is { } window && window.Value == TimeSpan.Zero)
        {
            throw Refuse(nameof(options.IdempotencyWindow), "it must be more than zero; leave it null to let the key count while the record lives");
        }
    }

    private static void CheckDependencies(EnqueueOptions options)
    {
        if (options.DependsOn is not { Count: > 0 } dependencies)
        {
            return;
        }

        // Where tags named some of them, those of the call have been counted before.
        if (options.DependsOnTags is null)
        {
            CheckDependencyCount(options);
        }

        if (options.Id is { } id && dependencies.Contains(id))
        {
            throw Refuse(nameof(options.DependsOn), $"the job {id} would depend on itself and never run");
        }
    }

    public static void CheckDependencyCount(EnqueueOptions options)
    {
        if (options.DependsOn is { Count: > MaxDependencies } dependencies)
        {
            throw Refuse(nameof(options.DependsOn), $"there are {dependencies.Count}, {MaxDependencies} are allowed");
        }
    }

    /// <param name="tags">The tags.</param>
    /// <param name="refuse">Makes the error of an option and its problem.</param>
    public static void CheckTags(IReadOnlyList<string>? tags, Func<string, string, JobException> refuse)
    {
        if (tags is null)
        {
            return;
        }

        if (tags.Count > MaxTags)
        {
            throw refuse(nameof(EnqueueOptions.Tags), $"there are {tags.Count}, {MaxTags} are allowed");
        }

        foreach (var tag in tags)
        {
            if (tag is null)
            {
                throw refuse(nameof(EnqueueOptions.Tags), "one of them is null");
            }

            CheckText(nameof(EnqueueOptions.Tags), tag, MaxTagLength, refuse);
        }
    }

    private static void CheckMetadata(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        if (metadata.Count > MaxMetadata)
        {
            throw Refuse(nameof(EnqueueOptions.Metadata), $"there are {metadata.Count} pairs, {MaxMetadata} are allowed");
        }

        foreach (var (key, value) in metadata)
        {
            CheckText(nameof(EnqueueOptions.Metadata), key, MaxMetadataKeyLength);
            if (value is null || value.Length > MaxMetadataValueLength)
            {
                throw Refuse(nameof(EnqueueOptions.Metadata), $"the value of '{key}' is {(value is null ? "null" : $"{value.Length} characters long, {MaxMetadataValueLength} are allowed")}");
            }

            RefuseNul(nameof(EnqueueOptions.Metadata), value, Refuse);
        }
    }

    private static void CheckCallback(string option, Uri? address)
    {
        if (address is not null && JobOptionRules.CheckAddress(address) is { } problem)
        {
            throw Refuse(option, problem);
        }
    }

    private static void CheckText(string option, string? value, int maxLength) => CheckText(option, value, maxLength, Refuse);

    private static void CheckText(string option, string? value, int maxLength, Func<string, string, JobException> refuse)
    {
        if (value is not null && JobOptionRules.CheckText(value, maxLength) is { } problem)
        {
            throw refuse(option, problem);
        }
    }

    /// <summary>PostgreSQL cannot store the character U+0000 in text; it is refused everywhere alike.</summary>
    private static void RefuseNul(string option, string value, Func<string, string, JobException> refuse)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw refuse(option, "it contains the character U+0000");
        }
    }
}
