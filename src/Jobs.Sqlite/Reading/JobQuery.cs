using System.Globalization;
using System.Text;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// A filter as SQL: fixed fragments, and values only as parameters. Newest first is the order of the jobs' numbers, which no change of
/// state disturbs; a cursor is the number at which the page before ended.
/// </summary>
internal sealed class JobQuery
{
    private const string CursorPrefix = "s1-";

    private readonly StringBuilder _sql;
    private readonly List<object> _values = [];
    private readonly int _firstParameter;
    private readonly bool _isInBlock;
    private bool _hasCondition;

    /// <param name="sql">The statement up to its conditions.</param>
    /// <param name="firstParameter">The first parameter number that it leaves free.</param>
    /// <param name="isInBlock">
    /// Whether the statement looks at one block of jobs: then states are looked up job by job, else they are where the search begins.
    /// </param>
    public JobQuery(string sql, int firstParameter, bool isInBlock = false)
    {
        _sql = new StringBuilder(sql);
        _firstParameter = firstParameter;
        _isInBlock = isInBlock;
    }

    public static string FormatCursor(long job) => CursorPrefix + job.ToString("x", CultureInfo.InvariantCulture);

    /// <exception cref="JobException">The cursor is none of this storage.</exception>
    public static long ParseCursor(string cursor) =>
        cursor.StartsWith(CursorPrefix, StringComparison.Ordinal) && long.TryParse(cursor.AsSpan(CursorPrefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var job)
            ? job
            : throw new JobException(JobErrorCodes.InvalidOption, "The cursor is not one that this storage gave. Pass JobPage.NextCursor of the page before, unchanged.");

    /// <summary>Adds a filter's conditions, without its page.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="now">The time at which states are meant.</param>
    public JobQuery Where(JobFilter filter, long now)
    {
        WhereStatus(filter.Status, now);
        if (filter.IsUnfinished)
            WhereIn(JobPlace.Unfinished);

        Where("l.name = ?", filter.Name);
        Where("l.queue = ?", filter.Queue);
        Where("j.submitter = ?", filter.Submitter);
        Where("j.schedule_id = ?", filter.ScheduleId);
        Where("j.created_at >= ?", filter.CreatedFrom is { } from ? StorageTime.From(from) : null);
        Where("j.created_at < ?", filter.CreatedBefore is { } before ? StorageTime.From(before) : null);
        Where("j.priority = ?", filter.Priority is { } priority ? (long)priority : null);
        WhereTags(filter);
        return this;
    }

    /// <summary>Adds a block of jobs and a limit, which are the next parameters (<see cref="NextParameter"/>): the first number, the last, the limit.</summary>
    public JobQuery InBlock(string order)
    {
        var next = NextParameter;
        And(string.Create(CultureInfo.InvariantCulture, $"j.job BETWEEN ?{next} AND ?{next + 1}"));
        _sql.Append(string.Create(CultureInfo.InvariantCulture, $"\n{order}"));
        return this;
    }

    /// <summary>The first parameter number that is free.</summary>
    public int NextParameter => _firstParameter + _values.Count;

    /// <summary>Adds the page: one row more than asked for tells whether there is another.</summary>
    public JobQuery Page(JobFilter filter)
    {
        Where("j.job < ?", filter.Cursor is null ? null : ParseCursor(filter.Cursor));
        _sql.Append("\nORDER BY j.job DESC\nLIMIT ").Append(Parameter(filter.Limit + 1L)).Append(" OFFSET ").Append(Parameter((long)filter.Offset));
        return this;
    }

    /// <summary>Adds what a change of many jobs needs beside its filter: only jobs in a state for it.</summary>
    public JobQuery WhereFit(BulkChange request, long now)
    {
        Where("EXISTS (SELECT 1 FROM jobs_ended x WHERE x.job = j.job AND x.ended_at <= ?)", request.EndedFor is { } age ? now - age.Ticks : null);
        if (request.Filter.Status is null)
            WhereStateFor(request.Action);

        return this;
    }

    /// <summary>Adds the batch, newest first.</summary>
    public JobQuery Batch(BulkChange request)
    {
        Where("j.job < ?", request.Cursor is null ? null : ParseCursor(request.Cursor));
        _sql.Append("\nORDER BY j.job DESC\nLIMIT ").Append(Parameter((long)request.BatchSize));
        return this;
    }

    /// <summary>The statement.</summary>
    public override string ToString() => _sql.ToString();

    public SqliteStatement Prepare(ReadSession session)
    {
        var statement = session.Prepare(ToString());
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i] is string text)
                statement.Bind(_firstParameter + i, text);
            else
                statement.Bind(_firstParameter + i, (long)_values[i]);
        }

        return statement;
    }

    private void WhereStatus(JobStatus? status, long now)
    {
        switch (status)
        {
            case null:
                break;
            case JobStatus.Completed when !_isInBlock:
                // Most jobs are: looking at each, newest first, fills a page at once.
                And("EXISTS (SELECT 1 FROM jobs_ended x WHERE x.job = j.job AND x.status = 3)");
                break;
            default:
                WhereIn(JobPlace.Of(status.Value, now));
                break;
        }
    }

    private void WhereStateFor(JobAction action)
    {
        if (JobPlace.For(action) is { } places)
            WhereIn(places);
        else if (action == JobAction.Delete)
            And("NOT EXISTS (SELECT 1 FROM jobs_lease h WHERE h.job = j.job)");
    }

    private void WhereIn(IReadOnlyList<JobPlace> places) => And(
        _isInBlock
            ? $"({string.Join(" OR ", places.Select(static place => $"EXISTS ({place.OfJob})"))})"
            : $"j.job IN ({string.Join(" UNION ALL ", places.Select(static place => place.All))})");

    private void WhereTags(JobFilter filter)
    {
        if (filter.Tags is not { } given)
            return;

        var tags = given.Distinct(StringComparer.Ordinal).ToList();
        switch (filter.TagMatch)
        {
            case TagMatch.Any:
                And($"EXISTS ({AnyOf(tags)})");
                break;
            case TagMatch.None:
                And($"NOT EXISTS ({AnyOf(tags)})");
                break;
            default:
                foreach (var tag in tags)
                    And($"EXISTS ({AnyOf([tag])})");

                if (filter.TagMatch == TagMatch.Exact)
                    And("coalesce(json_array_length(j.tags), 0) = " + Parameter((long)tags.Count));

                break;
        }
    }

    private string AnyOf(IEnumerable<string> tags) =>
        $"SELECT 1 FROM json_each(j.tags) t WHERE t.value IN ({string.Join(", ", tags.Select(Parameter))})";

    private void Where(string condition, object? value)
    {
        if (value is not null)
            And(condition.Replace("?", Parameter(value), StringComparison.Ordinal));
    }

    private void And(string condition)
    {
        _sql.Append(_hasCondition ? "\n    AND " : "\nWHERE ").Append(condition);
        _hasCondition = true;
    }

    private string Parameter(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"?{_firstParameter + _values.Count - 1}");
    }
}
