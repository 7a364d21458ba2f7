using System.Collections.Concurrent;
using System.Text.Json;
using Jobs.Execution;
using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace Jobs.Registry;

/// <summary>One job in this container: its descriptor with the defaults worked out.</summary>
internal abstract class RegisteredJob
{
    private readonly ConcurrentDictionary<string, JobPolicy> _policies = new(StringComparer.Ordinal);
    private readonly JobsSettings _settings;
    private FollowUpTarget? _deadLetter;

    protected RegisteredJob(JobDescriptor descriptor, JobsSettings settings)
    {
        Descriptor = descriptor;
        _settings = settings;
        var defaults = descriptor.Defaults;
        if (JobIdentifierText.CheckJobName(descriptor.Name) is { } nameProblem)
        {
            throw Wrong(nameof(JobAttribute.Name), $"'{descriptor.Name}' is not a job's name: {nameProblem}");
        }

        foreach (var alias in descriptor.Aliases)
        {
            if (JobIdentifierText.CheckJobName(alias) is { } aliasProblem)
            {
                throw Wrong(nameof(JobAttribute.Aliases), $"'{alias}' is not a job's name: {aliasProblem}");
            }
        }

        Queue = defaults.Queue ?? JobOptionRules.DefaultQueue;
        if (JobIdentifierText.CheckQueueName(Queue) is { } queueProblem)
        {
            throw Wrong(nameof(JobAttribute.Queue), $"'{Queue}' is not a queue's name: {queueProblem}");
        }

        if (defaults.MaxConcurrency is { } concurrency && JobOptionRules.CheckConcurrency(concurrency) is { } concurrencyProblem)
        {
            throw Wrong(nameof(JobAttribute.MaxConcurrency), concurrencyProblem);
        }

        if (defaults.GlobalConcurrency is { } global && JobOptionRules.CheckConcurrency(global) is { } globalProblem)
        {
            throw Wrong(nameof(JobAttribute.GlobalConcurrency), globalProblem);
        }

        if (defaults.KeyConcurrency is { } perKey && JobOptionRules.CheckConcurrency(perKey) is { } perKeyProblem)
        {
            throw Wrong(nameof(JobAttribute.KeyConcurrency), perKeyProblem);
        }

        Bound = FindBound(settings.Jobs.GetValueOrDefault(descriptor.Name));
        LogCategory = "Jobs." + descriptor.Name;
        LogLevel = defaults.LogLevel ?? settings.Logs.MinimumLevel;
        Kind = new JobKind(descriptor.Name, Queue, Priority, PolicyFor(Queue));
        Definition = new JobDefinition(descriptor.Name, descriptor.Description, Queue, descriptor.InputType, descriptor.ResultType, Policy.MaxAttempts, Policy.Timeout, defaults.Disabled);
    }

    public JobDescriptor Descriptor { get; }

    public JobDefinition Definition { get; protected init; }

    /// <summary>The category of the handler's own log lines.</summary>
    public string LogCategory { get; }

    public string Name => Descriptor.Name;

    public string Queue { get; }

    public int Priority => Descriptor.Defaults.Priority ?? 0;

    /// <summary>The policy in the job's own queue, when a call sets nothing.</summary>
    public JobPolicy Policy => Kind.Policy;

    /// <summary>The type of a dead letter of this job alone.</summary>
    public abstract Type DeadLetterType { get; }

    /// <summary>The types that its steps and waits may have.</summary>
    public abstract StepTypes StepTypes { get; }

    /// <summary>What all jobs have in common whose call sets nothing.</summary>
    public JobKind Kind { get; private set; }

    public int? MaxConcurrency => Descriptor.Defaults.MaxConcurrency;

    public int? GlobalConcurrency => Descriptor.Defaults.GlobalConcurrency;

    public int KeyConcurrency => Descriptor.Defaults.KeyConcurrency ?? 1;

    /// <summary>The lowest level that is kept with the job.</summary>
    public LogLevel LogLevel { get; }

    /// <summary>How many finished records of it are kept; null when age alone decides.</summary>
    public RetentionBound? Bound { get; }

    public bool IsDisabled => Descriptor.Defaults.Disabled;

    public bool HasHandler => Descriptor.HandlerType is not null;

    /// <summary>The policy in a queue, when a call sets nothing: job before queue before product.</summary>
    public JobPolicy PolicyFor(string queue) => _policies.TryGetValue(queue, out var policy) ? policy : _policies.GetOrAdd(queue, Resolve(queue));

    /// <summary>Sets where letters go. Once, before the job is used: the target's own defaults are needed, so both have to be there.</summary>
    public void SendDeadLettersTo(RegisteredJob target)
    {
        var taken = target.Descriptor.InputType;
        if (taken != typeof(DeadLetter) && taken != DeadLetterType)
        {
            throw Wrong(nameof(JobAttribute.DeadLetterTo), $"job '{target.Name}' takes {taken?.ToString() ?? "no input"}, and a letter of this job needs {DeadLetterType} or {typeof(DeadLetter)}");
        }

        _deadLetter = new FollowUpTarget(target.Name, target.Queue, target.Priority, target.Policy with { DeadLetter = null });
        _policies.Clear();
        Kind = Kind with { Policy = PolicyFor(Queue) };
    }

    /// <summary>For a target that this container does not know.</summary>
    public JobException UnknownDeadLetterTarget() =>
        Wrong(nameof(JobAttribute.DeadLetterTo), $"this application has no job '{Descriptor.Defaults.DeadLetterTo}'. Reference the assembly that declares it");

    public abstract JobExecution CreateExecution(IAttemptHost host);

    /// <summary>Reads an input from JSON, validates it, and writes it as the typed client would.</summary>
    /// <exception cref="JobValidationException">It is not such an input, or breaks its rules.</exception>
    public abstract byte[] ReadSubmitted(JsonElement input);

    /// <summary>Why a result that comes from elsewhere is not one of this job; null when it is.</summary>
    public abstract string? FindResultProblem(byte[]? result);

    /// <summary>Why a stored payload could not be handed to this version's handler; null when it could. The application's own validators are not asked.</summary>
    public abstract string? FindReadingProblem(JsonElement payload);

    private RetentionBound? FindBound(JobOptions? options)
    {
        var defaults = Descriptor.Defaults;
        var completed = Count(nameof(JobAttribute.RetainCompletedCount), options?.RetainCompletedCount ?? defaults.RetainCompletedCount, nameof(JobAttribute.RetainCompleted), defaults.RetainCompleted);
        var failed = Count(nameof(JobAttribute.RetainFailedCount), options?.RetainFailedCount ?? defaults.RetainFailedCount, nameof(JobAttribute.RetainFailed), defaults.RetainFailed);
        return completed is null && failed is null ? null : new RetentionBound(Name, completed, failed);

        int? Count(string option, int? count, string ageOption, string? age)
        {
            if (count is not { } number)
            {
                return null;
            }

            if (JobOptionRules.CheckRetainedCount(number) is { } problem)
            {
                throw Wrong(option, problem);
            }

            return Duration(ageOption, age) == TimeSpan.Zero ? throw Wrong(option, $"{number} records are to be kept, and {ageOption} \"{age}\" keeps none. Leave one of them out") : count;
        }
    }

    private JobPolicy Resolve(string queueName)
    {
        var defaults = Descriptor.Defaults;
        var queue = _settings.FindQueue(queueName);
        var product = JobPolicy.Default;
        var policy = new JobPolicy
        {
            MaxAttempts = defaults.MaxAttempts ?? queue?.MaxAttempts ?? product.MaxAttempts,
            Backoff = defaults.Backoff is null or BackoffKind.Default ? product.Backoff : defaults.Backoff.Value,
            BackoffDelay = Duration(nameof(JobAttribute.BackoffDelay), defaults.BackoffDelay) ?? product.BackoffDelay,
            MaxBackoffDelay = Duration(nameof(JobAttribute.MaxBackoffDelay), defaults.MaxBackoffDelay) ?? product.MaxBackoffDelay,
            Jitter = defaults.Jitter ?? product.Jitter,
            Timeout = Duration(nameof(JobAttribute.Timeout), defaults.Timeout) ?? queue?.Timeout?.Value,
            ProgressTimeout = Duration(nameof(JobAttribute.ProgressTimeout), defaults.ProgressTimeout),
            RetainCompleted = Duration(nameof(JobAttribute.RetainCompleted), defaults.RetainCompleted) ?? product.RetainCompleted,
            RetainFailed = Duration(nameof(JobAttribute.RetainFailed), defaults.RetainFailed) ?? product.RetainFailed,
            DeadLetter = _deadLetter,
        };
        if (JobOptionRules.CheckAttempts(policy.MaxAttempts) is { } attemptsProblem)
        {
            throw Wrong(nameof(JobAttribute.MaxAttempts), attemptsProblem);
        }

        if (JobOptionRules.CheckJitter(policy.Jitter) is { } jitterProblem)
        {
            throw Wrong(nameof(JobAttribute.Jitter), jitterProblem);
        }

        if (policy.Timeout is { } timeout && JobOptionRules.CheckTimeout(timeout) is { } timeoutProblem)
        {
            throw Wrong(nameof(JobAttribute.Timeout), timeoutProblem);
        }

        if (policy.ProgressTimeout is { } progressTimeout && progressTimeout <= TimeSpan.Zero)
        {
            throw Wrong(nameof(JobAttribute.ProgressTimeout), "it must be more than zero; leave it out for no limit");
        }

        return policy;
    }

    private TimeSpan? Duration(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (JobDurationText.Parse(text, out var value) is { } problem)
        {
            throw Wrong(option, $"'{text}' is not a duration: {problem}. Write it like \"5s\" or \"1h30m\"");
        }

        return JobOptionRules.CheckDuration(value) is { } tooLong ? throw Wrong(option, tooLong) : value;
    }

    private JobException Wrong(string option, string problem) =>
        new(JobErrorCodes.Configuration, $"[Job] of '{(Descriptor.HandlerType ?? Descriptor.ContractType)?.FullName ?? Descriptor.Name}': {option} is wrong: {problem}.");
}
