using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Storage;

namespace Jobs.Execution;

/// <summary>
/// What a job's attempts left for later ones, as one attempt sees it: read when it is first asked for, and added to by this attempt
/// alone, because nobody else holds the lease. Answers from outside are looked for again whenever the handler asks for one.
/// </summary>
internal sealed class StepMemory(JobExecution execution, int generation)
{
    private const int MaxNameLength = 200;

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private Task<Dictionary<string, StoredStep>>? _known;

    private JobId JobId { get; } = execution.JobId;

    public async ValueTask RunAsync(string name, Func<CancellationToken, ValueTask> run, CancellationToken cancellationToken)
    {
        if (await BeginAsync(name, JobStepKind.Step, cancellationToken).ConfigureAwait(false) is not null)
        {
            return;
        }

        await TryAsync(name, () => run(cancellationToken)).ConfigureAwait(false);
        await WriteAsync(new StepWrite { Id = JobId, Lease = Lease(), Name = name, Kind = JobStepKind.Step }).ConfigureAwait(false);
    }

    public async ValueTask<T> RunAsync<T>(string name, Func<CancellationToken, ValueTask<T>> run, JsonTypeInfo<T>? json, CancellationToken cancellationToken)
    {
        var info = json ?? TypeOf<T>();
        if (await BeginAsync(name, JobStepKind.Step, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return Read(known, info, JobErrorCodes.UnreadableStep, $"The stored result of step '{name}'");
        }

        T result = default!;
        await TryAsync(name, async () => result = await run(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var value = JsonSerializer.SerializeToUtf8Bytes(result, info);
        var limit = execution.Host.Runtime.Settings.Limits.MaxResultBytes;
        if (value.Length > limit)
        {
            throw new JobException(JobErrorCodes.ResultTooLarge, $"The result of step '{name}' has {value.Length:N0} bytes as JSON; {limit:N0} are allowed. Store large data elsewhere and return a reference, or raise Limits.MaxResultBytes.", JobId);
        }

        await WriteAsync(new StepWrite { Id = JobId, Lease = Lease(), Name = name, Kind = JobStepKind.Step, Value = value }).ConfigureAwait(false);
        return result;
    }

    public async ValueTask WaitAsync(string name, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (await BeginAsync(name, JobStepKind.Wait, cancellationToken).ConfigureAwait(false) is { } known)
        {
            if (known.Status == JobStepStatus.Open)
            {
                throw Waiting(name);
            }

            return;
        }

        await WriteAsync(new StepWrite { Id = JobId, Lease = Lease(), Name = name, Kind = JobStepKind.Wait, Delay = delay }).ConfigureAwait(false);
        throw Waiting(name);
    }

    public async ValueTask<JobWaitToken> CreateTokenAsync(string name, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (await BeginAsync(name, JobStepKind.Token, cancellationToken).ConfigureAwait(false) is { Secret: { } secret })
        {
            return new JobWaitToken(JobId, secret);
        }

        var token = JobWaitToken.New(JobId);
        await WriteAsync(new StepWrite { Id = JobId, Lease = Lease(), Name = name, Kind = JobStepKind.Token, Delay = timeout, Secret = token.Secret }).ConfigureAwait(false);
        return token;
    }

    public async ValueTask<T> WaitForAsync<T>(JobWaitToken token, JsonTypeInfo<T>? json, CancellationToken cancellationToken)
    {
        var info = json ?? TypeOf<T>();
        var storage = await execution.Host.OpenForStepsAsync(JobId, cancellationToken).ConfigureAwait(false);
        var steps = token.JobId == JobId ? await storage.ReadStepsAsync(JobId, cancellationToken).ConfigureAwait(false) : [];
        var wait = steps?.FirstOrDefault(step => step.Secret == token.Secret)
            ?? throw Invalid("The token is none that this job made. Pass the one that CreateWaitTokenAsync returned in this attempt.");
        return wait.Status switch
        {
            JobStepStatus.Completed => Read(wait, info, JobErrorCodes.UnreadableAnswer, $"The answer to wait '{wait.Name}'"),
            JobStepStatus.TimedOut => throw new JobWaitTimeoutException(JobId, wait.Name),
            _ => throw Waiting(wait.Name),
        };
    }

    /// <summary>Takes a name for this attempt, and gives what an earlier one stored under it.</summary>
    private async ValueTask<StoredStep?> BeginAsync(string name, JobStepKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (JobOptionRules.CheckText(name, MaxNameLength) is { } problem)
        {
            throw Invalid($"The name of a step or wait is wrong: {problem}.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        Task<Dictionary<string, StoredStep>> reading;
        lock (_used)
        {
            reading = _known = _known is null or { IsFaulted: true } ? ReadAsync() : _known;
        }

        var stored = await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_used)
        {
            if (!_used.Add(name))
            {
                throw Invalid($"The handler came to '{name}' twice in one attempt. Names of steps and waits are unique within a job: inside a loop, add the number or key of the turn.");
            }

            if (stored.TryGetValue(name, out var known))
            {
                return known.Kind == kind ? known : throw Invalid($"'{name}' was stored as a {Describe(known.Kind)} and is now a {Describe(kind)}. Give it another name.");
            }

            var limit = execution.Host.Runtime.Settings.Limits.MaxSteps;
            var count = stored.Count + _used.Count(used => !stored.ContainsKey(used));
            return count <= limit ? null : throw Invalid($"The job would have {count:N0} steps and waits; {limit:N0} are allowed. Split its work into several jobs, or raise Limits.MaxSteps.");
        }
    }

    /// <summary>Does a step. One that failed may be tried again by the same attempt.</summary>
    private async ValueTask TryAsync(string name, Func<ValueTask> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch
        {
            lock (_used)
            {
                _used.Remove(name);
            }

            throw;
        }
    }

    private async Task<Dictionary<string, StoredStep>> ReadAsync()
    {
        var storage = await execution.Host.OpenForStepsAsync(JobId, CancellationToken.None).ConfigureAwait(false);
        var steps = await storage.ReadStepsAsync(JobId, CancellationToken.None).ConfigureAwait(false) ?? throw new JobLeaseLostException(JobId);
        return steps.ToDictionary(static step => step.Name, StringComparer.Ordinal);
    }

    /// <summary>What has been done is stored whoever cancels.</summary>
    private async ValueTask WriteAsync(StepWrite step)
    {
        var storage = await execution.Host.OpenForStepsAsync(JobId, CancellationToken.None).ConfigureAwait(false);
        var lost = await storage.WriteStepsAsync([step], CancellationToken.None).ConfigureAwait(false);
        if (lost.Count > 0)
        {
            throw new JobLeaseLostException(JobId);
        }
    }

    private T Read<T>(StoredStep step, JsonTypeInfo<T> info, string code, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(step.Value ?? throw new JsonException("There is no value."), info)!;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever reading throws, the type's own constructor included: the same bytes would do it again.
            throw new JobException(code, $"{what} of job {JobId} is no {typeof(T)}: {exception.Message}", JobId, exception);
        }
    }

    private JobLease Lease() => execution.TryGetLease(generation, out var lease) ? lease : throw new JobLeaseLostException(JobId);

    private JsonTypeInfo<T> TypeOf<T>() => execution.Job.StepTypes.Find<T>() ?? throw new JobException(
        JobErrorCodes.UnknownType,
        $"Job '{execution.Job.Name}' has no serialization metadata for {typeof(T)}. Name the type in the handler's attribute, [Job(StepTypes = [typeof({typeof(T).Name})])], or pass a JsonTypeInfo.",
        JobId);

    private JobException Invalid(string message) => new(JobErrorCodes.InvalidStep, message, JobId);

    private static AttemptEnding Waiting(string name) => new(JobOutcomeKind.Waiting, TimeSpan.Zero, $"The job waits for '{name}'.") { Wait = name };

    private static string Describe(JobStepKind kind) => kind switch
    {
        JobStepKind.Step => "step",
        JobStepKind.Wait => "wait",
        _ => "wait for an answer",
    };
}
