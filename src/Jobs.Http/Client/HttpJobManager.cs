using System.Net;
using System.Text.Json;
using Jobs.Http.Wire;

namespace Jobs.Http.Client;

/// <summary>The manager of the jobs of a service.</summary>
internal sealed partial class HttpJobManager : IJobManager
{
    private static readonly string[] _missing = [JobErrorCodes.NotFound];
    private readonly JobsConnection _connection;
    private readonly IServiceProvider _services;

    public HttpJobManager(JobsConnection connection, IServiceProvider services)
    {
        _connection = connection;
        _services = services;
        Tracker = new HttpJobTracker(this);
    }

    public HttpJobTracker Tracker { get; }

    public ValueTask<JobSnapshot?> GetAsync(JobId id, CancellationToken cancellationToken = default) => FindAsync(id, includePayload: true, cancellationToken);

    public ValueTask<JobSnapshot?> RevealAsync(JobId id, CancellationToken cancellationToken = default) => FindAsync(id, includePayload: true, cancellationToken, reveal: true);

    /// <summary>A job with its result; null when there is none.</summary>
    public async ValueTask<JobSnapshot?> FindAsync(JobId id, bool includePayload, CancellationToken cancellationToken, bool reveal = false)
    {
        var path = ApiPath.Of(id).With("includePayload", includePayload).With("includeResult", true).With("reveal", reveal);
        var answer = await _connection.SendAsync(new ApiCall(HttpMethod.Get, path.ToString()) { Tolerates = _missing }, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null ? answer.Read(ResponseJson.Default.JobSnapshot) : null;
    }

    public async ValueTask<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var path = new ApiPath(string.Empty).With(filter).With("includePayload", filter.IncludePayload).With("includeResult", filter.IncludeResult)
            .With("limit", filter.Limit).With("cursor", filter.Cursor);
        path = filter.Offset == 0 ? path : path.With("offset", filter.Offset);
        return (await GetAsync(path, cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.JobPage);
    }

    public async ValueTask<long> CountAsync(JobFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return (await GetAsync(new ApiPath("count").With(filter), cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.CountBody).Count;
    }

    public async ValueTask<JobHandle> SubmitAsync(string jobName, JsonElement input, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobName);
        RefuseTransaction(options);
        var id = options?.Id ?? JobId.New();
        var call = new ApiCall(HttpMethod.Post, $"submit/{ApiPath.Escape(jobName)}") { Body = SubmitWriter.Write(input, options, id), IsHandOver = true };
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return CreateHandle(answer.Read(ResponseJson.Default.AcceptedJob), options, id);
    }

    public async ValueTask<IReadOnlyList<JobHandle>> SubmitManyAsync(string jobName, IEnumerable<(JsonElement Input, EnqueueOptions? Options)> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobName);
        ArgumentNullException.ThrowIfNull(inputs);
        cancellationToken.ThrowIfCancellationRequested();
        var jobs = inputs.ToList();
        if (jobs.Count == 0)
        {
            return [];
        }

        var ids = new JobId[jobs.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            RefuseTransaction(jobs[i].Options);
            ids[i] = jobs[i].Options?.Id ?? JobId.New();
        }

        var call = new ApiCall(HttpMethod.Post, $"submit/{ApiPath.Escape(jobName)}/many") { Body = SubmitWriter.Write(jobs, ids), IsHandOver = true };
        var accepted = (await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.AcceptedJobs).Jobs;
        return [.. accepted.Select((job, index) => CreateHandle(job, jobs[index].Options, ids[index]))];
    }

    /// <summary>The API takes many jobs of one name at once, and has no operation for jobs of several.</summary>
    public JobFlow CreateFlow() =>
        throw new JobException(JobErrorCodes.NotSupported, "Flows are not possible over HTTP (UseHttp): jobs of several names cannot be stored in one step there. Enqueue them one after the other, the children first, with DependsOn; or enqueue one job that enqueues the flow where the jobs are.");

    public async Task<JobSnapshot> WaitAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var wait = _connection.Options.WaitTimeout;
        var path = ApiPath.Of(id, "/wait").With("timeout", ((JobDuration)wait).ToString()).With("includePayload", true).With("includeResult", true);
        var call = new ApiCall(HttpMethod.Get, path.ToString()) { Waits = wait };
        while (true)
        {
            var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            if (answer.Status == HttpStatusCode.OK)
            {
                return answer.Read(ResponseJson.Default.JobSnapshot);
            }
        }
    }

    private ValueTask<ApiAnswer> GetAsync(ApiPath path, CancellationToken cancellationToken) => _connection.SendAsync(new ApiCall(HttpMethod.Get, path.ToString()), cancellationToken);

    /// <summary>A job with an id that was made up for this call can only be met by this call itself, when it was repeated.</summary>
    private JobHandle CreateHandle(AcceptedJob accepted, EnqueueOptions? options, JobId sent) =>
        new(accepted.Id, accepted.WasDeduplicated && (options?.Id is not null || accepted.Id != sent), Tracker);

    private static void RefuseTransaction(EnqueueOptions? options)
    {
        if (options?.Transaction is not null)
        {
            throw new JobException(JobErrorCodes.NotSupported, "EnqueueOptions.Transaction is refused: the jobs are in another process (UseHttp), where a transaction of this one means nothing. Write what is to be enqueued into a table of your own in the transaction, and enqueue it after the commit with an Id that names it. Nothing was stored.");
        }
    }
}
