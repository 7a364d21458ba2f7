using System.Data.Common;
using Jobs.Hosting;
using Jobs.Storage;

namespace Jobs.Client;

/// <summary>
/// The jobs that <see cref="EnqueueOptions.DependsOnTags"/> names, looked up page by page: each job is looked at once, at a moment after the
/// enqueue began, and whoever ends behind that look is met as a dependency that has ended.
/// </summary>
internal sealed class TagDependencies(JobsRuntime runtime)
{
    private readonly HashSet<JobId> _found = [];
    private (EnqueueOptions? Given, EnqueueOptions? Resolved) _last;

    /// <summary>The options with the jobs among their dependencies. One object given again, as for all inputs of a bulk, is resolved once.</summary>
    public async ValueTask<EnqueueOptions?> ResolveAsync(EnqueueOptions? options, CancellationToken cancellationToken)
    {
        if (options?.DependsOnTags is not { Count: > 0 } tags)
        {
            return options;
        }

        if (ReferenceEquals(_last.Given, options))
        {
            return _last.Resolved;
        }

        EnqueueRules.CheckDependencyCount(options);
        EnqueueRules.Check(options);
        var found = await FindAsync(tags, cancellationToken).ConfigureAwait(false);
        found.Remove(options.Id ?? default);
        _found.UnionWith(found);
        _last = (options, options with { DependsOn = [.. (options.DependsOn ?? []).Union(found)] });
        return _last.Resolved;
    }

    /// <summary>Stores the records. A job that tags named and whose record is gone meanwhile has ended, and is no longer depended on.</summary>
    public async ValueTask<IReadOnlyList<InsertedJob>> InsertAsync(List<JobRecord> records, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            try
            {
                return records.Count == 1
                    ? [await storage.InsertAsync(records[0], transaction, cancellationToken).ConfigureAwait(false)]
                    : await storage.InsertManyAsync(records, transaction, cancellationToken).ConfigureAwait(false);
            }
            catch (JobNotFoundException exception) when (transaction is null && exception.JobId is { } gone && _found.Remove(gone))
            {
                for (var i = 0; i < records.Count; i++)
                {
                    records[i] = Without(records[i], gone);
                }
            }
        }
    }

    private JobRecord Without(JobRecord record, JobId gone)
    {
        var details = record.Details is { DependsOn.Count: > 0 } given ? given with { DependsOn = [.. given.DependsOn.Where(id => id != gone)] } : record.Details;
        return record.RunAt is null && record.Delay == TimeSpan.Zero
            ? runtime.CreateRecord(record.Kind, record.Payload, details)
            : new JobRecord(record.Kind, record.Payload, details) { RunAt = record.RunAt, Delay = record.Delay };
    }

    private async ValueTask<HashSet<JobId>> FindAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var found = new HashSet<JobId>();
        var filter = new JobFilter { Tags = tags, IsUnfinished = true, Limit = JobOptionRules.MaxPage };
        while (true)
        {
            var page = await storage.ListAsync(filter, cancellationToken).ConfigureAwait(false);
            found.UnionWith(page.Jobs.Select(static job => job.Id));
            if (found.Count > EnqueueRules.MaxTagDependencies)
            {
                throw EnqueueRules.Refuse(nameof(EnqueueOptions.DependsOnTags), $"more than {EnqueueRules.MaxTagDependencies:N0} unfinished jobs have the tags {string.Join(", ", tags)}; depend on a job that depends on some of them");
            }

            if (page.NextCursor is null)
            {
                return found;
            }

            filter = filter with { Cursor = page.NextCursor };
        }
    }
}
