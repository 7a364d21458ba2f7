using System.Text;
using System.Text.Json;
using Jobs.Metadata;
using Jobs.Registry;
using Jobs.Scheduling;

namespace Jobs.Client.Remote;

/// <summary>
/// What the typed clients of jobs in another process do: validate here, as every client does, and hand the input and what the call
/// says over; what the call leaves open is filled in there.
/// </summary>
internal abstract class RemoteClient<TInput, THandle>(RemoteLink link, RegisteredJob<TInput> job) : IJobScheduler<TInput>, IJobInputReader<TInput>
    where THandle : class
{
    public string Name => job.Name;

    protected RemoteJobs Remote => link.Jobs;

    public IReadOnlyList<JobValidationError> Validate(TInput input) => job.Validate(input);

    public async ValueTask<THandle> EnqueueAsync(TInput input, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var errors = job.Validate(input);
        return errors.Count > 0 ? throw new JobValidationException(Name, errors) : await SubmitAsync(input, options, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<EnqueueResult<THandle>> TryEnqueueAsync(TInput input, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var errors = job.Validate(input);
        return errors.Count > 0
            ? new EnqueueResult<THandle>(null, errors)
            : new EnqueueResult<THandle>(await SubmitAsync(input, options, cancellationToken).ConfigureAwait(false), []);
    }

    public ValueTask<IReadOnlyList<THandle>> EnqueueManyAsync(IEnumerable<TInput> inputs, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return SubmitManyAsync(inputs.Select(input => (input, options)), options, cancellationToken);
    }

    public ValueTask<IReadOnlyList<THandle>> EnqueueManyAsync(IEnumerable<(TInput Input, EnqueueOptions? Options)> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return SubmitManyAsync(inputs, null, cancellationToken);
    }

    public async ValueTask<THandle?> GetAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var snapshot = await Remote.Manager.GetAsync(id, cancellationToken).ConfigureAwait(false);
        return snapshot is not null && link.Registry.TryFind(snapshot.Name, out var found) && found == job ? CreateHandle(new JobHandle(id, false, Remote.Tracker)) : null;
    }

    public ValueTask<JobSchedule> ScheduleAsync(string id, string cron, TInput input, ScheduleOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var errors = job.Validate(input);
        return errors.Count > 0 ? throw new JobValidationException(Name, errors) : Remote.Schedules.ScheduleAsync(id, Name, cron, Write(input), options, cancellationToken);
    }

    public TInput ReadInput(JsonElement payload) => job.Read(Encoding.UTF8.GetBytes(payload.GetRawText()));

    protected abstract THandle CreateHandle(JobHandle handle);

    private JsonElement Write(TInput input) => ScheduleRules.ToElement(job.Write(input)) ?? default;

    private async ValueTask<THandle> SubmitAsync(TInput input, EnqueueOptions? options, CancellationToken cancellationToken)
    {
        using var activity = link.Telemetry.StartEnqueue(job);
        if (options is not null)
        {
            EnqueueRules.Check(options);
        }

        return CreateHandle(await Remote.Manager.SubmitAsync(Name, Write(input), options, cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<IReadOnlyList<THandle>> SubmitManyAsync(IEnumerable<(TInput Input, EnqueueOptions? Options)> inputs, EnqueueOptions? shared, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = link.Telemetry.StartEnqueue(job);
        var submitted = new List<(JsonElement Input, EnqueueOptions? Options)>();
        var problems = new BulkProblems();
        foreach (var (input, options) in inputs)
        {
            if (problems.AddNext(job.Validate(input)))
            {
                continue;
            }

            if (options is not null)
            {
                EnqueueRules.Check(options);
            }

            submitted.Add((Write(input), options));
        }

        problems.ThrowIfAny(Name);
        EnqueueRules.CheckShared(shared, submitted.Count);
        return [.. (await Remote.Manager.SubmitManyAsync(Name, submitted, cancellationToken).ConfigureAwait(false)).Select(CreateHandle)];
    }
}
