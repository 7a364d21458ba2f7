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
    private bool _hasCondition;

    /// <param name="sql">The statement up to its conditions.</param>
    /// <param name="firstParameter">The first parameter number that it leaves free.</param>
    public JobQuery(string sql, int firstParameter)
    {
        _sql = new StringBuilder(sql);
        _firstParameter = firstParameter;
    }

    public static string FormatCursor(long job) => CursorPrefix + job.ToString("x", CultureInfo.InvariantCulture);

    /// <exception cref="JobException">The cursor is none of this storage.</exception>
    public static long ParseCursor(string cursor) =>
        cursor.StartsWith(CursorPrefix, StringComparison.Ordinal) && long.TryParse(cursor.AsSpan(CursorPrefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var job)
            ? job
            : throw new JobException(JobErrorCodes.InvalidOption, "The cursor is not one that this storage gave. Pass JobPage.NextCursor of the page before, unchanged.");

    /// <summary>Adds a filter's conditions, without its page.</summary>
    public JobQuery Where(JobFilter filter)
    {
        WhereStatus(filter.Status);
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

    /// <summary>Adds the page: one row more than asked for tells whether there is another.</summary>
    public JobQuery Page(JobFilter filter)
    {
        Where("j.job < ?", filter.Cursor is null ? null : ParseCursor(filter.Cursor));
        _sql.Append("\nORDER BY j.job DESC\nLIMIT ").Append(Parameter(filter.Limit + 1L)).Append(" OFFSET ").Append(Parameter((long)filter.Offset));
        return this;
    }

    /// <summary>Adds what a change of many jobs needs beside its filter: only jobs in a state for it, newest first.</summary>
    public JobQuery Batch(BulkChange request, long now)
    {
        Where("EXISTS (SELECT 1 FROM jobs_ended x WHERE x.job = j.job AND x.ended_at <= ?)", request.EndedFor is { } age ? now - age.Ticks : null);
        if (request.Filter.Status is null)
            WhereStateFor(request.Action);

        Where("j.job < ?", request.Cursor is null ? null : ParseCursor(request.Cursor));
        _sql.Append("\nORDER BY j.job DESC\nLIMIT ").Append(Parameter((long)request.BatchSize));
        return this;
    }

    public SqliteStatement Prepare(ReadSession session)
    {
        var statement = session.Prepare(_sql.ToString());
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i] is string text)
                statement.Bind(_firstParameter + i, text);
            else
                statement.Bind(_firstParameter + i, (long)_values[i]);
        }

        return statement;
    }

    private void WhereStatus(JobStatus? status)
    {
        switch (status)
        {
            case null:
                break;
            case JobStatus.Pending:
                And("j.job IN (SELECT job FROM jobs_ready UNION ALL SELECT job FROM jobs_scheduled UNION ALL SELECT job FROM jobs_gated UNION ALL SELECT job FROM jobs_waiting WHERE dependencies = 0)");
                break;
            case JobStatus.Running:
                And("j.job IN (SELECT job FROM jobs_lease)");
                break;
            case JobStatus.Waiting:
                And("j.job IN (SELECT job FROM jobs_waiting WHERE dependencies > 0)");
                break;
            case JobStatus.Completed:
                // Most jobs are: looking at each, newest first, fills a page at once.
                And("EXISTS (SELECT 1 FROM jobs_ended x WHERE x.job = j.job AND x.status = 3)");
                break;
            case JobStatus.Failed:
                And("j.job IN (SELECT job FROM jobs_ended WHERE status = 4 AND status <> 3)");
                break;
            case JobStatus.Cancelled:
                And("j.job IN (SELECT job FROM jobs_ended WHERE status = 5 AND status <> 3)");
                break;
            default:
                And("0");
                break;
        }
    }

    private void WhereStateFor(JobAction action)
    {
        switch (action)
        {
            case JobAction.Cancel:
                And("j.job IN (SELECT job FROM jobs_ready UNION ALL SELECT job FROM jobs_scheduled UNION ALL SELECT job FROM jobs_lease UNION ALL SELECT job FROM jobs_gated UNION ALL SELECT job FROM jobs_waiting)");
                break;
            case JobAction.Retry:
                And("j.job IN (SELECT job FROM jobs_scheduled WHERE runs > 0 UNION ALL SELECT job FROM jobs_ended WHERE status <> 3)");
                break;
            case JobAction.Promote:
                And("j.job IN (SELECT job FROM jobs_scheduled)");
                break;
            case JobAction.Delete:
                And("NOT EXISTS (SELECT 1 FROM jobs_lease h WHERE h.job = j.job)");
                break;
        }
    }

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
