using System.Diagnostics;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Finds what is beyond the bounds on finished records. Counts with a reader, which holds nobody up, and at the pace of <see cref="CountPace"/>.</summary>
internal sealed class SurplusCounter(int? maxFinished, ReadPool readers)
{
    private readonly CountPace _pace = new();
    private IReadOnlyList<RetentionBound> _bounds = [];
    private List<Surplus> _surplus = [];
    private bool _isIndexed;

    /// <summary>What is too much; what was so at the last count stays so, because records that end later are newer.</summary>
    public async ValueTask<IReadOnlyList<Surplus>> FindAsync(IReadOnlyList<RetentionBound> bounds, SqliteWriter writer, CancellationToken cancellationToken)
    {
        if (maxFinished is null && bounds.Count == 0)
            return [];

        if (bounds.Count > 0 && !_isIndexed)
        {
            await writer.RunAsync(IndexLanes, cancellationToken).ConfigureAwait(false);
            _isIndexed = true;
        }

        if (!_pace.IsDue && bounds.SequenceEqual(_bounds))
            return _surplus;

        var start = Stopwatch.GetTimestamp();
        var surplus = readers.Read(session => Find(session.Statements, bounds), cancellationToken);
        (_bounds, _surplus) = (bounds, surplus);
        _pace.Counted(Stopwatch.GetElapsedTime(start));
        return surplus;
    }

    private static bool IndexLanes(WriteSession session)
    {
        session.Statements["index-lanes"].Run();
        return true;
    }

    private List<Surplus> Find(StatementSet statements, IReadOnlyList<RetentionBound> bounds)
    {
        var surplus = new List<Surplus>();
        if (maxFinished is { } max)
            Find(statements["find-surplus"].Bind(1, max), null, false);

        foreach (var bound in bounds)
        {
            FindOf(bound.Name, true, bound.MaxCompleted);
            FindOf(bound.Name, false, bound.MaxFailed);
        }

        return surplus;

        void FindOf(string name, bool isCompleted, int? count)
        {
            if (count is { } kept)
                Find(statements["find-surplus-of-name"].Bind(1, name).Bind(2, isCompleted ? 1 : 0).Bind(3, kept), name, isCompleted);
        }

        void Find(SqliteStatement read, string? name, bool isCompleted)
        {
            if (read.Step())
                surplus.Add(new Surplus(name, isCompleted, read.Int64(0), read.Int64(1)));

            read.Reset();
        }
    }
}
