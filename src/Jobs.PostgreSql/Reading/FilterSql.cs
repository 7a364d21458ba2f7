using System.Globalization;
using System.Text;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>
/// A filter as SQL. What is rare (failed, cancelled, running) is listed from the table that holds that state; the rest is read
/// from the newest job backwards, until the page is full.
/// </summary>
internal sealed class FilterSql
{
    private readonly StringBuilder _where = new();
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly string _schema;

    public FilterSql(string schema, JobFilter filter)
    {
        _schema = schema;
        Status = filter.Status;
        Add(filter.Name is not null, "s.name = ", () => PostgreSqlStorage.Parameter(filter.Name));
        Add(filter.Queue is not null, "s.queue = ", () => PostgreSqlStorage.Parameter(filter.Queue));
        Add(filter.Priority is not null, "s.priority = ", () => PostgreSqlStorage.Parameter(filter.Priority));
        Add(filter.ScheduleId is not null, "s.schedule_id = ", () => PostgreSqlStorage.Parameter(filter.ScheduleId));
        Add(filter.Submitter is not null, "s.submitter = ", () => PostgreSqlStorage.Parameter(filter.Submitter));
        Add(filter.CreatedFrom is not null, "s.created_at >= ", () => PostgreSqlStorage.Parameter(filter.CreatedFrom!.Value.UtcDateTime));
        Add(filter.CreatedBefore is not null, "s.created_at < ", () => PostgreSqlStorage.Parameter(filter.CreatedBefore!.Value.UtcDateTime));
        if (filter.Tags is { } tags)
            AddTags(filter.TagMatch, [.. tags]);
    }

    /// <summary>The state that is asked for.</summary>
    public JobStatus? Status { get; }

    /// <summary>Whether the state, or nothing, is all that is asked for.</summary>
    public bool IsPlain => _parameters.Count == 0;

    /// <summary>Where the jobs are looked for; their rows are <c>s</c>.</summary>
    public string From => Status is { } status ? StatePlaces.In(_schema, status) : StatePlaces.All(_schema);

    public string Where => _where.Length == 0 ? string.Empty : $"WHERE {_where}";

    public void AddCursor(JobPlace place)
    {
        var (pack, slot) = (Use(PostgreSqlStorage.Parameter(place.Pack)), Use(PostgreSqlStorage.Parameter(place.Slot)));
        And($"(s.pack, s.slot) < ({pack}, {slot})");
    }

    public void AddTo(NpgsqlParameterCollection parameters) => parameters.AddRange(_parameters.ToArray());

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

    private void Add(bool isSet, string condition, Func<NpgsqlParameter> parameter)
    {
        if (isSet)
            And(condition + Use(parameter()));
    }

    private void And(string condition) => _where.Append(_where.Length == 0 ? string.Empty : " AND ").Append(condition);

    private string Use(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return "$" + _parameters.Count.ToString(CultureInfo.InvariantCulture);
    }
}
