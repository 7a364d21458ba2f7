using System.Text.Json;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// Holds the jobs that a claim has chosen. Ready jobs of one lane and priority are chosen from the front without a gap, so a range of
/// numbers says which they are: one statement reads their records, one writes their leases, one takes them out of jobs_ready.
/// </summary>
internal sealed class LeaseHolder(WriteSession session)
{
    /// <summary>The tokens between two jobs' numbers go unused, so a wider gap begins a range of its own.</summary>
    private const int MaxGap = 64;

    // Jobs claimed one after the other mostly have everything but their input in common.
    private JobKind? _latestKind;

    private readonly List<LeaseRange> _ranges = [];

    // Whether a job that is not held lies between the latest range and the next job.
    private bool _isBroken;
    private readonly List<(ReadyJob Ready, JobId Id, string Policy)> _unreadable = [];

    /// <summary>Holds jobs of one lane and priority, the first that are ready, in their order. A slot stays empty when the job's row is gone or nonsense.</summary>
    public void Hold(Lane lane, ReadOnlySpan<ChosenJob> chosen, List<ClaimedJob> claimed, long worker, long nonce)
    {
        _ranges.Clear();
        _unreadable.Clear();
        var (rank, first, last) = (chosen[0].Ready.Rank, chosen[0].Ready.Job, chosen[^1].Ready.Job);
        var next = 0;
        var row = session.Statements["read-ready-range"].Bind(1, lane.Number).Bind(2, rank).Bind(3, first).Bind(4, last);
        while (row.Step())
        {
            var job = row.Int64(18);
            for (; chosen[next].Ready.Job != job; next++)
                _isBroken = true;

            var ready = chosen[next].Ready;
            var policy = row.Text(4);
            if (TryRead(lane, ready, row, policy) is { } record)
                claimed[chosen[next].Slot] = new ClaimedJob(record, new JobLease(TakeToken(job, policy), nonce), ready.Runs + 1, StorageTime.To(session.Now));
        }

        foreach (var range in _ranges)
        {
            session.Statements["insert-lease-range"]
                .Bind(1, lane.Number)
                .Bind(2, rank)
                .Bind(3, range.First)
                .Bind(4, range.Last)
                .Bind(5, range.Offset)
                .Bind(6, nonce)
                .Bind(7, worker)
                .Bind(8, session.Now)
                .Bind(9, range.Policy)
                .Run();
        }

        session.Statements["delete-ready-range"].Bind(1, lane.Number).Bind(2, rank).Bind(3, first).Bind(4, last).Run();
        foreach (var (ready, id, policy) in _unreadable)
            Fail(id, ready, policy);
    }

    /// <summary>Holds a job that is in no other place any more; null when its row is gone or nonsense.</summary>
    public ClaimedJob? Hold(Lane lane, ReadyJob ready, long worker, long nonce, string gate)
    {
        _unreadable.Clear();
        var row = session.Statements["read-record"].Bind(1, ready.Job);
        if (!row.Step())
            return null;

        var policy = row.Text(4);
        var record = TryRead(lane, ready, row, policy);
        row.Reset();
        if (record is null)
        {
            Fail(_unreadable[0].Id, ready, policy);
            return null;
        }

        var lease = new JobLease(++session.LastToken, nonce);
        session.Statements["insert-lease"]
            .Bind(1, ready.Job)
            .Bind(2, lease.Token)
            .Bind(3, nonce)
            .Bind(4, worker)
            .Bind(5, session.Now)
            .Bind(6, ready.Runs)
            .Bind(7, ready.Takeovers)
            .Bind(8, policy)
            .Bind(9, gate)
            .Bind(10, lane.Number)
            .Run();
        return new ClaimedJob(record, lease, ready.Runs + 1, StorageTime.To(session.Now));
    }

    /// <summary>The token of the next job that is held: in the latest range, or in a new one.</summary>
    private long TakeToken(long job, string policy)
    {
        if (_ranges.Count > 0 && !_isBroken && _ranges[^1] is var range && range.Policy == policy && job - range.Last <= MaxGap)
            _ranges[^1] = range with { Last = job };
        else
            _ranges.Add(new LeaseRange(job, job, session.LastToken + 1 - job, policy));

        _isBroken = false;
        return session.LastToken = job + _ranges[^1].Offset;
    }

    private StoredJob? TryRead(Lane lane, ReadyJob ready, SqliteStatement row, string policy)
    {
        var isPlain = row.Int64(17) != 0;
        var id = IssuedId.Of(ready.Job, row.Int64(0), isPlain ? null : row.Blob(6));
        try
        {
            return new StoredJob(
                id,
                StorageTime.To(row.Int64(2)),
                KindOf(lane, row.Int32(1), session.Places.Policies.Parse(policy)),
                row.Blob(5) ?? [],
                isPlain ? null : RecordReader.ReadDetails(row))
            {
                RunAt = StorageTime.To(row.NullableInt64(3)),
            };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or JsonException)
        {
            _unreadable.Add((ready, id, policy));
            _isBroken = true;
            return null;
        }
    }

    private JobKind KindOf(Lane lane, int priority, JobPolicy policy)
    {
        if (_latestKind is not { } kind || kind.Priority != priority || !ReferenceEquals(kind.Name, lane.Name) || !ReferenceEquals(kind.Queue, lane.Queue) || !ReferenceEquals(kind.Policy, policy))
            _latestKind = kind = new JobKind(lane.Name, lane.Queue, priority, policy);

        return kind;
    }

    /// <summary>A row that somebody edited into nonsense: visible as failed, and out of the way of the others.</summary>
    private void Fail(JobId id, ReadyJob ready, string policy)
    {
        session.Signals.Ended.Add(id);
        session.Places.End(ready.Job, new JobEnd
        {
            Status = EndStatus.Failed,
            Runs = ready.Runs,
            Policy = policy,
            Reason = FailureReason.InvalidPayload,
            Error = "The job's row in jobs_job cannot be read: its policy, tags or metadata are not what the storage wrote.",
        });
    }
}
