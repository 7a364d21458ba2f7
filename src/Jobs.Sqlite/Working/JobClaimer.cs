using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Claims ready jobs: merges the lanes that the worker serves by priority, then age.</summary>
internal sealed class JobClaimer(WriteSession session)
{
    private const int MinPage = 8;

    // An exchange names the same instances again and again.
    private readonly ConditionalWeakTable<IReadOnlyList<string>, HashSet<string>> _sets = [];

    private readonly LeaseHolder _holder = new(session);

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
        var nonce = Random.Shared.NextInt64(long.MinValue, long.MaxValue);
        while (!TryClaim(exchange, worker, nonce))
        {
        }
    }

    /// <summary>False when rows that nobody can read have left room for others.</summary>
    private bool TryClaim(WorkExchange exchange, long worker, long nonce)
    {
        var lanes = Open(exchange);
        var cursors = new PriorityQueue<LaneCursor, (long Rank, long Job)>(lanes.Count);
        foreach (var cursor in lanes)
        {
            if (cursor.MoveNext())
                cursors.Enqueue(cursor, (cursor.Current.Rank, cursor.Current.Job));
        }

        var gated = OpenGated(exchange);
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

            cursor.Choose(exchange.Claimed.Count);
            exchange.Claimed.Add(default);
            Count(exchange, cursor.Lane, 1);
            if (exchange.Claimed.Count < exchange.MaxJobs && cursor.MoveNext())
                cursors.Enqueue(cursor, (cursor.Current.Rank, cursor.Current.Job));
        }

        foreach (var cursor in lanes)
            Hold(exchange, cursor, worker, nonce);

        if (exchange.Claimed.RemoveAll(static claimed => claimed.Record is null) > 0)
            return false;

        _nextPermitAt = Earlier(_shared?.End(), gated is null ? null : session.Gated.NextAwake());
        return true;
    }

    private void Hold(WorkExchange exchange, LaneCursor cursor, long worker, long nonce)
    {
        var chosen = CollectionsMarshal.AsSpan(cursor.Chosen);
        while (chosen.Length > 0)
        {
            var count = 1;
            while (count < chosen.Length && chosen[count].Ready.Rank == chosen[0].Ready.Rank)
                count++;

            _holder.Hold(cursor.Lane, chosen[..count], exchange.Claimed, worker, nonce);
            foreach (var job in chosen[..count])
            {
                if (exchange.Claimed[job.Slot].Record is null)
                    Count(exchange, cursor.Lane, -1);
            }

            chosen = chosen[count..];
        }
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
            if (_holder.Hold(lane, first.Ready, worker, nonce, first.Gate) is { } claimed)
            {
                exchange.Claimed.Add(claimed);
                Count(exchange, lane, 1);
                _shared?.CountKey(lane, first.Gate);
                session.Gated.OnHeldChanged(first.Gate);
            }
        }

        if (session.Gated.FindFirst(lane.Number) is { } next)
            gated.Enqueue(lane, next.Order);
    }

    private List<LaneCursor> Open(WorkExchange exchange)
    {
        var lanes = new List<Lane>();
        var read = session.Statements["read-ready-lanes"];
        while (read.Step())
        {
            if (session.Lanes.Find(read.Int64(0)) is { } lane && IsServed(exchange, lane))
                lanes.Add(lane);
        }

        var pageSize = Math.Clamp(2 * exchange.MaxJobs / Math.Max(1, lanes.Count), MinPage, Math.Max(MinPage, exchange.MaxJobs));
        return lanes.ConvertAll(lane => new LaneCursor(session.Statements, lane, pageSize));
    }

    private bool IsServed(WorkExchange exchange, Lane lane) =>
        SetOf(exchange.Names).Contains(lane.Name) && (exchange.Queues is null || SetOf(exchange.Queues).Contains(lane.Queue)) && HasRoom(exchange, lane);

    private HashSet<string> SetOf(IReadOnlyList<string> list) => _sets.GetValue(list, static values => new HashSet<string>(values, StringComparer.Ordinal));

    private bool HasRoom(WorkExchange exchange, Lane lane) =>
        _pauses?.Contains((PauseScope.Queue, lane.Queue)) != true && _pauses?.Contains((PauseScope.Job, lane.Name)) != true &&
        (!exchange.NameLimits.TryGetValue(lane.Name, out var byName) || _takenByName.GetValueOrDefault(lane.Name) < byName)
        && (!exchange.QueueLimits.TryGetValue(lane.Queue, out var byQueue) || _takenByQueue.GetValueOrDefault(lane.Queue) < byQueue)
        && _shared?.HasRoom(lane) != false;

    private void Count(WorkExchange exchange, Lane lane, int by)
    {
        if (exchange.NameLimits.Count > 0)
            _takenByName[lane.Name] = _takenByName.GetValueOrDefault(lane.Name) + by;

        if (exchange.QueueLimits.Count > 0)
            _takenByQueue[lane.Queue] = _takenByQueue.GetValueOrDefault(lane.Queue) + by;

        _shared?.Count(lane, by);
    }
}
