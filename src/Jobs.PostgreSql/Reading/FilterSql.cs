using System.Globalization;
using System.Text;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>
/// A filter as SQL: conditions on a job's row (<c>s</c>), and those of them that all jobs of a range share, which places are asked for
/// before any job is looked at.
/// </summary>
internal sealed class FilterSql
{
    /// <summary>How far the order of packs and the order of their times may disagree.</summary>
    private const string Skew = "interval '10 seconds'";

    private static readonly int _allStates = Enum.GetValues<JobStatus>().Length;

    private readonly StringBuilder _where = new();
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly string _schema;
    private readonly (string? Name, string? Queue, string? Rank) _shared;
    private readonly (string? From, string? Before) _created;
    private (string Pack, string Slot)? _cursor;

    public FilterSql(string schema, JobFilter filter)
    {
        _schema = schema;
        States = StatesOf(filter);
        if (filter.Name is { } name)
            Is("s.name", _shared.Name = Use(PostgreSqlStorage.Parameter(name)));

        if (filter.Queue is { } queue)
            Is("s.queue", _shared.Queue = Use(PostgreSqlStorage.Parameter(queue)));

        if (filter.Priority is { } priority)
        {
            _shared.Rank = Use(PostgreSqlStorage.Parameter(~priority));
            And($"s.priority = {Use(PostgreSqlStorage.Parameter(priority))}");
        }

        if (filter.CreatedFrom is { } from)
            AddCreated(">=", _created.From = Use(PostgreSqlStorage.Parameter(from.UtcDateTime)));

        if (filter.CreatedBefore is { } before)
            AddCreated("<", _created.Before = Use(PostgreSqlStorage.Parameter(before.UtcDateTime)));

        if (filter.ScheduleId is { } schedule)
            Is("s.schedule_id", Use(PostgreSqlStorage.Parameter(schedule)));

        if (filter.Submitter is { } submitter)
            Is("s.submitter", Use(PostgreSqlStorage.Parameter(submitter)));

        if (filter.Tags is { } tags)
            AddTags(filter.TagMatch, [.. tags]);

        HasSharedCondition = filter.Name is not null || filter.Queue is not null || filter.Priority is not null;
        IsShared = filter is { ScheduleId: null, Submitter: null, Tags: null };
    }

    /// <summary>The states that are asked for.</summary>
    public IReadOnlySet<JobStatus> States { get; }

    /// <summary>Whether a name, a queue or a priority is asked for.</summary>
    public bool HasSharedCondition { get; }

    /// <summary>Whether everything that is asked for is shared by the jobs of a range: then ranges decide, and no job need be looked at.</summary>
    public bool IsShared { get; }

    /// <summary>Where jobs of a list are looked for; their rows are <c>s</c>.</summary>
    /// <param name="count">How many are looked for.</param>
    public string From(long count) =>
        IsShared && IsByPlace ? StatePlaces.Newest(_schema, States, null, null, this, count)
        : States.Count == _allStates ? StatePlaces.All(_schema)
        : StatePlaces.OfJobs(_schema, States, this);

    /// <summary>The conditions that <see cref="From"/> leaves open.</summary>
    public string Where => IsShared && IsByPlace ? string.Empty : WhereJob;

    /// <summary>The statement that counts the jobs.</summary>
    public string Count => IsShared && IsByPlace ? StatePlaces.Count(_schema, States, this) : $"SELECT count(*) FROM {From(0)} {Where}";

    /// <summary>Whether some places hold what is asked for, or tell it.</summary>
    private bool IsByPlace => HasSharedCondition || States.Count < _allStates;

    /// <summary>All conditions, on the job's row <c>s</c>.</summary>
    public string WhereJob => _where.Length == 0 ? string.Empty : $"WHERE {_where}";

    public void AddCursor(JobPlace place)
    {
        var (pack, slot) = (Use(PostgreSqlStorage.Parameter(place.Pack)), Use(PostgreSqlStorage.Parameter(place.Slot)));
        _cursor = (pack, slot);
        And($"(s.pack, s.slot) < ({pack}, {slot})");
    }

    public void AddTo(NpgsqlParameterCollection parameters) => parameters.AddRange(_parameters.ToArray());

    /// <summary>The last slot of a range that the cursor leaves.</summary>
    public string BeforeCursor(string pack, string slot) =>
        _cursor is var (cursorPack, cursorSlot) ? $"CASE WHEN {pack} = {cursorPack} THEN least({slot}, {cursorSlot} - 1) ELSE {slot} END" : slot;

    /// <summary>The conditions on a place's rows <c>q</c>, which hold the jobs from a column to another one.</summary>
    /// <param name="first">The column of the first slot.</param>
    /// <param name="last">The column of the last slot: its job is always there.</param>
    /// <param name="isDescribed">Whether the place's rows have the jobs' name, queue and rank; else the job is asked.</param>
    public string PlaceConditions(string first, string last, bool isDescribed)
    {
        var sql = new StringBuilder();
        if (HasSharedCondition && isDescribed)
            AppendShared(sql, "q", "q.rank");

        if (_cursor is var (pack, slot))
            sql.Append(CultureInfo.InvariantCulture, $" AND (q.pack, q.{first}) < ({pack}, {slot})");

        AppendBounds(sql, "q");
        if ((HasSharedCondition && !isDescribed) || _created != default)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND EXISTS (SELECT FROM {_schema}.job y WHERE y.pack = q.pack AND y.slot = q.{last}");
            if (!isDescribed)
                AppendShared(sql, "y", "~y.priority");

            if (_created.From is { } from)
                sql.Append(CultureInfo.InvariantCulture, $" AND y.created_at >= {from}");

            if (_created.Before is { } before)
                sql.Append(CultureInfo.InvariantCulture, $" AND y.created_at < {before}");

            // Asked row by row: few rows are left, and turned around it would begin with all jobs.
            sql.Append(" OFFSET 0)");
        }

        return sql.ToString();
    }

    /// <summary>The states that a filter leaves.</summary>
    public static HashSet<JobStatus> StatesOf(JobFilter filter)
    {
        var states = filter.Status is { } status ? [status] : Enum.GetValues<JobStatus>().ToHashSet();
        if (filter.IsUnfinished)
            states.IntersectWith([JobStatus.Pending, JobStatus.Waiting, JobStatus.Running]);

        return states;
    }

    private void AppendShared(StringBuilder sql, string row, string rank)
    {
        if (_shared.Name is { } name)
            sql.Append(CultureInfo.InvariantCulture, $" AND {row}.name = {name}");

        if (_shared.Queue is { } queue)
            sql.Append(CultureInfo.InvariantCulture, $" AND {row}.queue = {queue}");

        if (_shared.Rank is { } value)
            sql.Append(CultureInfo.InvariantCulture, $" AND {rank} = {value}");
    }

    /// <summary>Where in the order of packs a time is, give or take the skew.</summary>
    private void AppendBounds(StringBuilder sql, string row)
    {
        if (_created.From is { } from)
            sql.Append(CultureInfo.InvariantCulture, $" AND {row}.pack > (SELECT {_schema}.last_pack_before({from} - {Skew}))");

        if (_created.Before is { } before)
            sql.Append(CultureInfo.InvariantCulture, $" AND {row}.pack <= (SELECT {_schema}.last_pack_before({before} + {Skew}))");
    }

    private void AddCreated(string comparison, string time)
    {
        And($"s.created_at {comparison} {time}");
        And(comparison == "<"
            ? $"s.pack <= (SELECT {_schema}.last_pack_before({time} + {Skew}))"
            : $"s.pack > (SELECT {_schema}.last_pack_before({time} - {Skew}))");
    }

    private void AddTags(TagMatch match, string[] tags)
    {
        var wanted = Use(PostgreSqlStorage.Parameter(tags));

        // Without coalesce, where that makes no difference: the index on tags is not one of expressions.
        var has = tags.Length > 0 && match != TagMatch.None ? "s.tags" : "coalesce(s.tags, '{}')";
        And(match switch
        {
            TagMatch.All => $"{has} @> {wanted}",
            TagMatch.Any => $"{has} && {wanted}",
            TagMatch.None => $"NOT {has} && {wanted}",
            TagMatch.Exact => $"({has} @> {wanted} AND {has} <@ {wanted})",
            _ => throw new JobException(JobErrorCodes.InvalidOption, $"{match} is not a way for tags to match."),
        });
    }

    private void Is(string column, string parameter) => And($"{column} = {parameter}");

    private void And(string condition) => _where.Append(_where.Length == 0 ? string.Empty : " AND ").Append(condition);

    private string Use(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return "$" + _parameters.Count.ToString(CultureInfo.InvariantCulture);
    }
}
