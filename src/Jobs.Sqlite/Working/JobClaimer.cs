using System.Runtime.CompilerServices;
using System.Text.Json;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Claims ready jobs: merges the lanes that the worker serves by priority, then age.</summary>
internal sealed class JobClaimer(WriteSession session)
{
    private const int MinPage = 8;

    // An exchange names the same instances again and again.
    private readonly ConditionalWeakTable<IReadOnlyList<string>, HashSet<string>> _sets = [];

    // Jobs claimed one after the other mostly have everything but their input in common.
    private JobKind? _latestKind;

    // What the claim under way has to pass over; null for nothing.
    private HashSet<(PauseScope Scope, string Key)>? _pauses;

    // What the claim under way has used up of the exchange's limits, which stay as the worker set them.
    private readonly Dictionary<string, int> _takenByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _takenByQueue = new(StringComparer.Ordinal);
    private SharedRooms? _shared;

    /// <summary>When the last claim's rate limits let more jobs start; null when they hold none back.</summary>
    private long? _nextPermitAt;

    /// <summary>Fills the answer of an exchange with claimed jobs.</summary>
    public void Claim(WorkExchange exchange)
    {
        session.Places.Promote();
        if (exchange.MaxJobs > 0 && exchange.Names.Count > 0 && session.Workers.FindLive(exchange.WorkerId) is { } worker && MayClaim(exchange.WorkerId))
            Claim(exchange, worker);

        exchange.NextDueIn = Earlier(NextDue(), _nextPermitAt) is { } dueAt ? TimeSpan.FromTicks(Math.Max(0, dueAt - session.Now)) : null;
    }

    private bool MayClaim(string workerId)
    {
        _pauses = session.HasPauses ? session.Pauses.Read() : null;
        return _pauses is null || !(_pauses.Contains((PauseScope.Everything, "")) || _pauses.Contains((PauseScope.Worker, workerId)));
    }

    private static long? Earlier(long? left, long? right) => left is null || right < left ? right : left;

    private long? NextDue()
    {
        var next = session.Statements["next-due"];
        next.Step();
        var dueAt = next.NullableInt64(0);
        next.Reset();
        return dueAt;
    }

    private void Claim(WorkExchange exchange, long worker)
    {
        _takenByName.Clear();
        _takenByQueue.Clear();
        _nextPermitAt = null;
        _shared = exchange.SharedLimits.Count == 0 ? null : new SharedRooms(session, exchange.SharedLimits);
        var cursors = Open(exchange);
        var gated = OpenGated(exchange);
        var nonce = Random.Shared.NextInt64(long.MinValue, long.MaxValue);
        while (exchange.Claimed.Count < exchange.MaxJobs && (cursors.Count > 0 || gated?.Count > 0))
        {
            if (gated is { Count: > 0 } && IsFirst(gated, cursors))
            {
                ClaimGated(exchange, gated, worker, nonce);
                continue;
            }

            var cursor = cursors.Dequeue();
            if (!HasRoom(exchange, cursor.Lane))
                continue;

            if (TryHold(cursor.Lane, cursor.Current, worker, nonce, gate: null) is { } claimed)
            {
                exchange.Claimed.Add(claimed);
                Count(exchange, cursor.Lane);
            }

            if (cursor.MoveNext())
                cursors.Enqueue(cursor, (cursor.Current.Rank, cursor.Current.Job));
        }

        _nextPermitAt = Earlier(_shared?.End(), gated is null ? null : session.Gated.NextAwake());
    }

    private static bool IsFirst(PriorityQueue<Lane, (long Rank, long Ord)> gated, PriorityQueue<LaneCursor, (long Rank, long Job)> cursors)
    {
        gated.TryPeek(out _, out var left);
        return !cursors.TryPeek(out _, out var right) || left.CompareTo(right) < 0;
    }

    /// <summary>The lanes that have open streams, by their first jobs; null when there are none.</summary>
    private PriorityQueue<Lane, (long Rank, long Ord)>? OpenGated(WorkExchange exchange)
    {
        if (!session.Gated.Any)
            return null;

        session.Gated.Wake();
        var gated = new PriorityQueue<Lane, (long Rank, long Ord)>();
        foreach (var number in session.Gated.ReadLanes())
        {
            if (session.Lanes.Find(number) is { } lane && IsServed(exchange, lane) && session.Gated.FindFirst(number) is { } first)
                gated.Enqueue(lane, first.Order);
        }

        return gated;
    }

    /// <summary>Claims the first job of the first lane, if it still is the first: a claim in another lane may have closed its stream.</summary>
    private void ClaimGated(WorkExchange exchange, PriorityQueue<Lane, (long Rank, long Ord)> gated, long worker, long nonce)
    {
        gated.TryDequeue(out var lane, out var order);
        if (!HasRoom(exchange, lane!) || session.Gated.FindFirst(lane!.Number) is not { } first)
            return;

        if (first.Order != order)
        {
            gated.Enqueue(lane, first.Order);
            return;
        }

        if (_shared?.HeldBackUntil(lane, first.Gate) is { } until)
        {
            session.Gated.Suspend(first.Stream, until);
        }
        else
        {
            session.Gated.CountTurn(first.Stream);
            session.Gated.Remove(first.Ready.Job);
            if (TryHold(lane, first.Ready, worker, nonce, first.Gate) is { } claimed)
            {
                exchange.Claimed.Add(claimed);
                Count(exchange, lane);
                _shared?.CountKey(lane, first.Gate);
                session.Gated.OnHeldChanged(first.Gate);
            }
        }

        if (session.Gated.FindFirst(lane.Number) is { } next)
            gated.Enqueue(lane, next.Order);
    }

    private PriorityQueue<LaneCursor, (long Rank, long Job)> Open(WorkExchange exchange)
    {
        var lanes = new List<Lane>();
        var read = session.Statements["read-ready-lanes"];
        while (read.Step())
        {
            if (session.Lanes.Find(read.Int64(0)) is { } lane && IsServed(exchange, lane))
                lanes.Add(lane);
        }

        var pageSize = Math.Clamp(2 * exchange.MaxJobs / Math.Max(1, lanes.Count), MinPage, Math.Max(MinPage, exchange.MaxJobs));
        var cursors = new PriorityQueue<LaneCursor, (long Rank, long Job)>(lanes.Count);
        foreach (var lane in lanes)
        {
            var cursor = new LaneCursor(session.Statements, lane, pageSize);
            if (cursor.MoveNext())
                cursors.Enqueue(cursor, (cursor.Current.Rank, cursor.Current.Job));
        }

        return cursors;
    }

    private bool IsServed(WorkExchange exchange, Lane lane) =>
        SetOf(exchange.Names).Contains(lane.Name) && (exchange.Queues is null || SetOf(exchange.Queues).Contains(lane.Queue)) && HasRoom(exchange, lane);

    private HashSet<string> SetOf(IReadOnlyList<string> list) => _sets.GetValue(list, static values => new HashSet<string>(values, StringComparer.Ordinal));

    private bool HasRoom(WorkExchange exchange, Lane lane) =>
        _pauses?.Contains((PauseScope.Queue, lane.Queue)) != true && _pauses?.Contains((PauseScope.Job, lane.Name)) != true &&
        (!exchange.NameLimits.TryGetValue(lane.Name, out var byName) || _takenByName.GetValueOrDefault(lane.Name) < byName)
        && (!exchange.QueueLimits.TryGetValue(lane.Queue, out var byQueue) || _takenByQueue.GetValueOrDefault(lane.Queue) < byQueue)
        && _shared?.HasRoom(lane) != false;

    private void Count(WorkExchange exchange, Lane lane)
    {
        if (exchange.NameLimits.Count > 0)
            _takenByName[lane.Name] = _takenByName.GetValueOrDefault(lane.Name) + 1;

        if (exchange.QueueLimits.Count > 0)
            _takenByQueue[lane.Queue] = _takenByQueue.GetValueOrDefault(lane.Queue) + 1;

        _shared?.Count(lane);
    }

    private ClaimedJob? TryHold(Lane lane, ReadyJob ready, long worker, long nonce, string? gate)
    {
        if (gate is null)
            session.Statements["delete-ready"].Bind(1, lane.Number).Bind(2, ready.Rank).Bind(3, ready.Job).Run();

        var row = session.Statements["read-record"].Bind(1, ready.Job);
        if (!row.Step())
            return null;

        var id = IssuedId.Of(ready.Job, row.Int64(0), row.Blob(6));
        var policy = row.Text(4);
        StoredJob record;
        try
        {
            record = Read(id, lane, row, policy);
            row.Reset();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or JsonException)
        {
            row.Reset();
            Fail(id, ready, policy);
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
            .Run();
        return new ClaimedJob(record, lease, ready.Runs + 1, StorageTime.To(session.Now));
    }

    private StoredJob Read(JobId id, Lane lane, SqliteStatement row, string policy) =>
        new(id, StorageTime.To(row.Int64(2)), KindOf(lane, row.Int32(1), session.Places.Policies.Parse(policy)), row.Blob(5) ?? [], RecordReader.ReadDetails(row))
        {
            RunAt = StorageTime.To(row.NullableInt64(3)),
        };

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
