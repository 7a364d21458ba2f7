using System.Globalization;
using System.Text;

namespace Jobs.Sqlite;

/// <summary>
/// The blocks of jobs in which those of a filter can be, by their marks: each condition gives the blocks in which its value occurs, and
/// only those that all have in common are looked at.
/// </summary>
internal sealed class JobBlocks
{
    private readonly List<string> _sets = [];
    private readonly List<object> _values = [];

    public JobBlocks(JobFilter filter, long now)
    {
        if (filter.Name is not null || filter.Queue is not null)
            AddLanes(filter.Name, filter.Queue);

        if (filter.Priority is { } priority)
            Add(MarkKind.Priority, $"value = {Parameter((long)priority)}");

        if (filter.Submitter is { } submitter)
            Add(MarkKind.Submitter, $"value = {Parameter(submitter)}");

        if (filter.CreatedFrom is not null || filter.CreatedBefore is not null)
            AddHours(filter.CreatedFrom, filter.CreatedBefore);

        AddTags(filter);
        IsBounded = _sets.Count > 0;
        if (IsBounded && filter.IsUnfinished)
            AddPlaces(JobPlace.Unfinished);

        if (IsBounded && filter.Status is { } status and not JobStatus.Completed)
            AddPlaces(JobPlace.Of(status, now));
    }

    /// <summary>Whether marks tell where to look; else every block can be meant.</summary>
    public bool IsBounded { get; }

    /// <summary>The statement that gives the blocks, newest first.</summary>
    public string Sql
    {
        get
        {
            var sql = new StringBuilder("SELECT block FROM (");
            for (var i = 0; i < _sets.Count; i++)
                sql.Append(i == 0 ? "" : " INTERSECT ").Append("SELECT * FROM (").Append(_sets[i]).Append(')');

            return sql.Append(") ORDER BY block DESC").ToString();
        }
    }

    public List<long> Read(ReadSession session)
    {
        using var read = session.Prepare(Sql);
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i] is string text)
                read.Bind(i + 1, text);
            else
                read.Bind(i + 1, (long)_values[i]);
        }

        var blocks = new List<long>();
        while (read.Step())
            blocks.Add(read.Int64(0));

        return blocks;
    }

    private void AddPlaces(IReadOnlyList<JobPlace> places) =>
        _sets.Add($"SELECT DISTINCT job >> {BlockMarks.Shift} FROM ({string.Join(" UNION ALL ", places.Select(static place => place.All))})");

    private void AddLanes(string? name, string? queue)
    {
        var conditions = new List<string>();
        if (queue is not null)
            conditions.Add($"queue = {Parameter(queue)}");

        if (name is not null)
            conditions.Add($"name = {Parameter(name)}");

        Add(MarkKind.Lane, $"value IN (SELECT lane FROM jobs_lane WHERE {string.Join(" AND ", conditions)})");
    }

    private void AddHours(DateTimeOffset? from, DateTimeOffset? before)
    {
        var first = from is { } start ? BlockMarks.HourOf(StorageTime.From(start)) : long.MinValue;
        var last = before is { } end ? BlockMarks.HourOf(StorageTime.From(end)) : long.MaxValue;
        Add(MarkKind.Hour, $"value BETWEEN {Parameter(first)} AND {Parameter(last)}");
    }

    private void AddTags(JobFilter filter)
    {
        if (filter.Tags is not { Count: > 0 } tags || filter.TagMatch == TagMatch.None)
            return;

        if (filter.TagMatch == TagMatch.Any)
        {
            Add(MarkKind.Tag, $"value IN ({string.Join(", ", tags.Select(Parameter))})");
            return;
        }

        foreach (var tag in tags)
            Add(MarkKind.Tag, $"value = {Parameter(tag)}");
    }

    private void Add(MarkKind kind, string condition) =>
        _sets.Add(string.Create(CultureInfo.InvariantCulture, $"SELECT DISTINCT block FROM jobs_mark WHERE kind = {(int)kind} AND {condition}"));

    private string Parameter(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"?{_values.Count}");
    }
}
