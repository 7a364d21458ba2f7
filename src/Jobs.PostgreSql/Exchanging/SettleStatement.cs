using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>Outcomes as the arrays that the function settle takes.</summary>
internal sealed class SettleStatement
{
    private readonly List<JobOutcome> _outcomes;
    private readonly PlacedOutcome[] _placed;
    private readonly List<Run> _runs;

    private SettleStatement(List<JobOutcome> outcomes, PlacedOutcome[] placed, List<Run> runs)
    {
        _outcomes = outcomes;
        _placed = placed;
        _runs = runs;
    }

    public int Count => _runs.Count;

    /// <summary>Makes runs as long as they can be. Of several outcomes of one job only the first counts.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="placed">Their places.</param>
    /// <param name="starts">The jobs with which a range begins although the one before them is held too; null when there are none.</param>
    public static SettleStatement Of(List<JobOutcome> outcomes, PlacedOutcome[] placed, RangeStarts? starts)
    {
        Array.Sort(placed);
        var runs = new List<Run>();
        for (var i = 0; i < placed.Length; i++)
        {
            if (i > 0 && placed[i].IsSameJob(placed[i - 1]))
                continue;

            if (runs.Count > 0
                && runs[^1] is var last
                && last.First + last.Count == i
                && outcomes[placed[i].Index].Kind == JobOutcomeKind.Completed
                && outcomes[placed[i - 1].Index].Kind == JobOutcomeKind.Completed
                && placed[i - 1].IsFollowedBy(placed[i])
                && starts?.Contains(placed[i].Place) != true)
            {
                runs[^1] = last with { Count = last.Count + 1 };
                continue;
            }

            runs.Add(new Run(i, 1));
        }

        return new SettleStatement(outcomes, placed, runs);
    }

    /// <summary>Of the runs with several outcomes that were not stored as a whole, each outcome by itself; null when there is none.</summary>
    public SettleStatement? Split(ReadOnlySpan<OutcomeDisposition> dispositions)
    {
        List<Run>? singles = null;
        foreach (var run in _runs)
        {
            if (run.Count == 1 || dispositions[_placed[run.First].Index] != OutcomeDisposition.Rejected)
                continue;

            singles ??= [];
            for (var i = 0; i < run.Count; i++)
                singles.Add(new Run(run.First + i, 1));
        }

        return singles is null ? null : new SettleStatement(_outcomes, _placed, singles);
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        var hasResults = Any(static o => o.Result is not null);
        var hasErrors = Any(static o => o.Kind != JobOutcomeKind.Completed);
        parameters.Add(PostgreSqlStorage.Parameter(Map(r => _placed[r.First].Lease.Token)));
        parameters.Add(PostgreSqlStorage.Parameter(Map(r => _placed[r.First].Lease.Nonce)));
        parameters.Add(PostgreSqlStorage.Parameter(Map(r => _placed[r.First].Place.Pack)));
        parameters.Add(PostgreSqlStorage.Parameter(Map(r => _placed[r.First].Place.Slot)));
        parameters.Add(PostgreSqlStorage.Parameter(Map(r => _placed[r.First].Place.Slot + r.Count - 1)));
        parameters.Add(PostgreSqlStorage.Parameter(Map(r => KindOf(OutcomeOf(r)))));
        parameters.Add(PostgreSqlStorage.Parameter(hasResults ? Map(FrameOf) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasErrors ? Map(r => (long)Math.Ceiling(OutcomeOf(r).Delay.TotalMilliseconds)) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasErrors ? Map(r => (short)OutcomeOf(r).Reason) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasErrors ? Map(r => Text.Clean(OutcomeOf(r).Wait ?? OutcomeOf(r).Error?.Type)) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasErrors ? Map(r => Text.Clean(OutcomeOf(r).Error?.Message)) : null));
        parameters.Add(PostgreSqlStorage.Parameter(hasErrors ? Map(r => Text.Clean(OutcomeOf(r).Error?.StackTrace)) : null));
    }

    /// <summary>Sets the answers about all runs back to what holds unless the server says otherwise.</summary>
    public void Forget(OutcomeDisposition[] dispositions)
    {
        for (var run = 0; run < _runs.Count; run++)
            Apply(run, OutcomeDisposition.Rejected, dispositions);
    }

    /// <summary>Spreads the answer about a run over its outcomes.</summary>
    public void Apply(int run, OutcomeDisposition disposition, Span<OutcomeDisposition> dispositions)
    {
        var (first, count) = _runs[run];
        for (var i = first; i < first + count; i++)
            dispositions[_placed[i].Index] = disposition;
    }

    /// <summary>The kind's number in 004_settle.sql, which has kinds of its own after those that it shares with the contract.</summary>
    private static short KindOf(in JobOutcome outcome) => outcome.Kind == JobOutcomeKind.Waiting ? (short)9 : (short)outcome.Kind;

    private JobOutcome OutcomeOf(Run run) => _outcomes[_placed[run.First].Index];

    private byte[]? FrameOf(Run run)
    {
        var results = new byte[run.Count][];
        for (var i = 0; i < run.Count; i++)
        {
            var outcome = _outcomes[_placed[run.First + i].Index];
            results[i] = outcome.Kind == JobOutcomeKind.Completed ? outcome.Result! : null!;
        }

        return ResultFrame.Write(results);
    }

    private bool Any(Func<JobOutcome, bool> condition)
    {
        foreach (var placed in _placed)
        {
            if (condition(_outcomes[placed.Index]))
                return true;
        }

        return false;
    }

    private T[] Map<T>(Func<Run, T> selector)
    {
        var result = new T[_runs.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = selector(_runs[i]);

        return result;
    }
}
