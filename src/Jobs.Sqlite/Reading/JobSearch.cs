using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// Finds the jobs of a filter block by block, newest first, and stops when there are enough: with values that are common the first block
/// does, with rare ones only the blocks in which they occur are looked at.
/// </summary>
internal sealed class JobSearch(ReadSession session, JobBlocks blocks)
{
    /// <summary>The numbers of the first jobs of a list.</summary>
    public List<long> Find(JobFilter filter, long now)
    {
        var query = new JobQuery(EmbeddedSql.Statement("select-jobs"), firstParameter: 1, isInBlock: true).Where(filter, now);
        return Find(query, filter.Cursor, filter.Offset + filter.Limit + 1L);
    }

    /// <summary>The numbers of the jobs of a batch.</summary>
    public List<long> Find(BulkChange request, long now)
    {
        var query = new JobQuery(EmbeddedSql.Statement("select-jobs"), firstParameter: 1, isInBlock: true).Where(request.Filter, now).WhereFit(request, now);
        return Find(query, request.Cursor, request.BatchSize);
    }

    public long Count(JobFilter filter, long now)
    {
        var query = new JobQuery(EmbeddedSql.Statement("count"), firstParameter: 1, isInBlock: true).Where(filter, now);
        var first = query.NextParameter;
        using var statement = query.InBlock("").Prepare(session);
        long count = 0;
        foreach (var block in blocks.Read(session))
        {
            statement.Bind(first, block << BlockMarks.Shift).Bind(first + 1, ((block + 1) << BlockMarks.Shift) - 1);
            if (statement.Step())
                count += statement.Int64(0);

            statement.Reset();
        }

        return count;
    }

    private List<long> Find(JobQuery query, string? cursor, long limit)
    {
        var last = cursor is null ? long.MaxValue : JobQuery.ParseCursor(cursor) - 1;
        var first = query.NextParameter;
        using var statement = query.InBlock($"ORDER BY j.job DESC LIMIT ?{first + 2}").Prepare(session);
        var jobs = new List<long>();
        foreach (var block in blocks.Read(session))
        {
            if (jobs.Count == limit)
                break;

            if (block > last >> BlockMarks.Shift)
                continue;

            statement
                .Bind(first, block << BlockMarks.Shift)
                .Bind(first + 1, Math.Min(last, ((block + 1) << BlockMarks.Shift) - 1))
                .Bind(first + 2, limit - jobs.Count);
            while (statement.Step())
                jobs.Add(statement.Int64(0));

            statement.Reset();
        }

        return jobs;
    }
}
