using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>Jobs of any kind as the arrays that the function enqueue takes: groups of what jobs have in common, jobs, ranges, keys, details.</summary>
internal sealed class InsertStatement
{
    /// <summary>Jobs per pack. At most 4,096, since the slot has 12 bits in an id; fewer let several workers share a bulk.</summary>
    public const int PackSize = 1000;

    private readonly IReadOnlyList<JobRecord> _jobs;
    private readonly Dictionary<GroupKey, int> _groupIndexes = [];
    private readonly List<JobRecord> _groups = [];
    private readonly int[] _jobGroups;
    private readonly List<int> _rangeGroups = [];
    private readonly List<int> _rangeStarts = [];
    private readonly List<int> _rangeEnds = [];
    private readonly List<int> _keyed = [];

    /// <summary>Jobs that are not stored as ranges: gated ones, and those that may have to wait for others.</summary>
    private readonly List<int> _apart = [];

    public InsertStatement(IReadOnlyList<JobRecord> jobs)
    {
        _jobs = jobs;
        _jobGroups = new int[jobs.Count];
        var (lastKey, lastGroup) = (default(GroupKey), -1);
        for (var i = 0; i < jobs.Count; i++)
        {
            var job = jobs[i];
            var key = new GroupKey(job.Name, job.Queue, job.Priority, new ByReference(job.Policy), job.RunAt, job.Delay);
            if (lastGroup < 0 || key != lastKey)
                (lastKey, lastGroup) = (key, GroupOf(key, job));

            _jobGroups[i] = lastGroup;
            var isKeyed = IsKeyed(job);
            if (isKeyed)
                _keyed.Add(i);

            var isApart = job.Details is { IsGated: true } or { IsDependent: true };
            if (isApart)
                _apart.Add(i);

            AddToRange(i, lastGroup, isKeyed || isApart);
        }
    }

    /// <summary>Whether a job may turn out to exist.</summary>
    public static bool IsKeyed(JobRecord job) => job.Details is { Id: not null } or { IdempotencyKey: not null };

    /// <summary>Whether storing a job may have to wait for transactions of others, which must not hold up everybody else.</summary>
    public static bool MayWait(JobRecord job) => IsKeyed(job) || job.Details is { OrderingKey: not null };

    /// <param name="parameters">Those of the statement.</param>
    /// <param name="ids">The ids of this installation.</param>
    /// <param name="parents">Jobs that others depend on and that are known to be there; the rest is looked up by the statement.</param>
    /// <param name="atomic">Whether one conflict refuses them all.</param>
    /// <param name="channel">Where the commit tells of them; null for nowhere.</param>
    public void AddTo(NpgsqlParameterCollection parameters, JobIdCodec ids, IReadOnlyDictionary<JobId, JobPlace> parents, bool atomic, string? channel)
    {
        parameters.Add(PostgreSqlStorage.Parameter(PackSize));
        AddGroups(parameters);
        parameters.Add(PostgreSqlStorage.Parameter(_jobGroups));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_jobs, static j => j.Payload)));
        parameters.Add(PostgreSqlStorage.Parameter([.. _rangeGroups]));
        parameters.Add(PostgreSqlStorage.Parameter([.. _rangeStarts]));
        parameters.Add(PostgreSqlStorage.Parameter([.. _rangeEnds]));
        AddKeys(parameters, ids);
        AddDetails(parameters);
        AddGates(parameters);
        AddDependencies(parameters, ids, parents);
        parameters.Add(PostgreSqlStorage.Parameter(atomic));
        parameters.Add(PostgreSqlStorage.Parameter(channel));
    }

    private void AddGroups(NpgsqlParameterCollection parameters)
    {
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_groups, static j => j.Name)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_groups, static j => j.Queue)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_groups, static j => j.Priority)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_groups, JobColumns.PolicyOf)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_groups, JobColumns.KeepOf)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_groups, JobColumns.KeepFailedOf)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_groups, JobColumns.RunAtOf)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_groups, JobColumns.DelayOf)));
    }

    private void AddKeys(NpgsqlParameterCollection parameters, JobIdCodec ids)
    {
        var places = _keyed.ConvertAll(i => _jobs[i].Details!.Id is { } id ? ids.Decode(id) : null);
        parameters.Add(PostgreSqlStorage.Parameter(_keyed.Count == 0 ? null : (int[])[.. _keyed]));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_keyed, i => _jobs[i].Details!.Id?.Value)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(places, static p => p?.Pack)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(places, static p => p?.Slot)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_keyed, i => _jobs[i].Details!.IdempotencyKey)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_keyed, i => JobColumns.WindowOf(_jobs[i]))));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(_keyed, i => (short)_jobs[i].Details!.OnDuplicate)));
    }

    private void AddDetails(NpgsqlParameterCollection parameters)
    {
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_jobs, static j => j.Details?.Id?.Value)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_jobs, static j => j.Details?.IdempotencyKey)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_jobs, static j => j.Details?.Submitter)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_jobs, JobColumns.TagsOf)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_jobs, JobColumns.MetadataOf)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_jobs, static j => j.Details?.TraceParent)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(_jobs, static j => j.Details?.ScheduleId)));
    }

    private void AddGates(NpgsqlParameterCollection parameters)
    {
        var jobs = _apart.Count > 0 ? _jobs : null;
        parameters.Add(PostgreSqlStorage.Parameter(jobs is null ? null : Columns.Of(jobs, static j => j.Details?.ConcurrencyKey)));
        parameters.Add(PostgreSqlStorage.Parameter(jobs is null ? null : Columns.Of(jobs, static j => j.Details is { ConcurrencyKey: not null, KeyConcurrency: not 1 } details ? (int?)details.KeyConcurrency : null)));
        parameters.Add(PostgreSqlStorage.Parameter(jobs is null ? null : Columns.Of(jobs, static j => j.Details?.OrderingKey)));
        parameters.Add(PostgreSqlStorage.Parameter(jobs is null ? null : Columns.Of(jobs, static j => j.Details?.FairnessKey)));
        parameters.Add(PostgreSqlStorage.Parameter(jobs is null ? null : Columns.Of(jobs, static j => j.Details?.Lifo ?? false)));
        parameters.Add(PostgreSqlStorage.Parameter(jobs is null ? null : (int[])[.. _apart]));
    }

    private void AddDependencies(NpgsqlParameterCollection parameters, JobIdCodec ids, IReadOnlyDictionary<JobId, JobPlace> parents)
    {
        var edges = new List<(int Job, JobId Id, JobPlace? Place)>();
        foreach (var i in _apart)
        {
            foreach (var id in _jobs[i].Details!.DependsOn)
                edges.Add((i, id, parents.TryGetValue(id, out var known) ? known : ids.Decode(id)));
        }

        var hasEdges = edges.Count > 0;
        parameters.Add(PostgreSqlStorage.Parameter(hasEdges ? Columns.Of(edges, static e => e.Job) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasEdges ? Columns.Of(edges, static e => (Guid?)e.Id.Value) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasEdges ? Columns.Of(edges, static e => e.Place?.Pack) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasEdges ? Columns.Of(edges, static e => e.Place?.Slot) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasEdges ? Columns.Of(edges, e => parents.ContainsKey(e.Id)) : null));
    }

    private int GroupOf(GroupKey key, JobRecord job)
    {
        if (!_groupIndexes.TryGetValue(key, out var index))
        {
            _groupIndexes.Add(key, index = _groups.Count);
            _groups.Add(job);
        }

        return index;
    }

    /// <summary>A range is contiguous jobs of one group in one pack; a job with a key may turn out to exist, so it is one by itself.</summary>
    private void AddToRange(int job, int group, bool isAlone)
    {
        var last = _rangeEnds.Count - 1;
        var continues = last >= 0 && !isAlone && _rangeGroups[last] == group && job % PackSize != 0
            && (_keyed.Count == 0 || _keyed[^1] != job - 1) && (_apart.Count == 0 || _apart[^1] != job - 1);
        if (continues)
        {
            _rangeEnds[last] = job;
            return;
        }

        _rangeGroups.Add(group);
        _rangeStarts.Add(job);
        _rangeEnds.Add(job);
    }

    private readonly record struct GroupKey(string Name, string Queue, int Priority, ByReference Policy, DateTimeOffset? RunAt, TimeSpan Delay);

    /// <summary>Jobs enqueued alike share one policy object, and comparing its eight members for each job would cost more than it saves.</summary>
    private readonly struct ByReference(object value) : IEquatable<ByReference>
    {
        private readonly object _value = value;

        public bool Equals(ByReference other) => ReferenceEquals(_value, other._value);

        public override bool Equals(object? obj) => obj is ByReference other && Equals(other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_value);
    }
}
