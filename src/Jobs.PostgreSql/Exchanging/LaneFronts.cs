namespace Jobs.PostgreSql;

/// <summary>
/// Where a worker's claims stopped in each lane and rank, used while finding the first range of a lane is slow. It is slow when dead
/// index entries pile up before it, which a transaction that somebody holds open keeps there. Claims that look only from the fronts on
/// skip them. What came in behind the fronts' backs is found by two other looks: a wide one, which goes back by a moment and takes in
/// lanes and ranks without a front, and a full one. Each of both takes a twentieth of the time at most, however many dead entries there are.
/// </summary>
internal sealed class LaneFronts(TimeProvider time, int slowWalks)
{
    /// <summary>Between looks of a kind lies so many times what one takes, within bounds.</summary>
    private const int PausePerWalk = 20;
    private static readonly TimeSpan _shortestWidePause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _shortestFullPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    /// <summary>How long after the time in its key a range may become visible and still be found by a wide look: a commit later.</summary>
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Queue, int Rank), LaneFront> _fronts = [];
    private int _slowInARow;
    private bool _foundLittle;
    private DateTime? _since;
    private long _wideLookAt;
    private long _fullLookAt;

    /// <summary>How long until claims look further than from the fronts on; null when they do anyway.</summary>
    public TimeSpan? UntilWiderLook
    {
        get
        {
            lock (_lock)
                return _slowInARow < slowWalks ? null : Until(Math.Min(_wideLookAt, _fullLookAt));
        }
    }

    /// <summary>Where the next claim is to look. Of claims that run side by side one looks further, unless nothing is slow.</summary>
    public Look Take()
    {
        lock (_lock)
        {
            if (_slowInARow < slowWalks)
                return new Look(null, IsWide: true, Since: null, IsShort: _foundLittle && _slowInARow == 0);

            if (Until(_fullLookAt) == TimeSpan.Zero)
            {
                _fullLookAt = After(_shortestFullPause);
                return new Look(null, IsWide: true, Since: null);
            }

            if (Until(_wideLookAt) == TimeSpan.Zero)
            {
                _wideLookAt = After(_shortestWidePause);
                return new Look(Array.ConvertAll((LaneFront[])[.. _fronts.Values], static front => front.Back(_moment)), IsWide: true, _since);
            }

            return new Look([.. _fronts.Values], IsWide: false, _since);
        }
    }

    /// <summary>Notes where a claim stopped.</summary>
    /// <param name="look">Where it had looked.</param>
    /// <param name="fronts">Null after a full look that was not slow.</param>
    /// <param name="since">Before which nothing is left that is due.</param>
    /// <param name="walk">How long the walk to the first ranges took.</param>
    /// <param name="foundLittle">Whether it found less than it had room for.</param>
    public void Note(Look look, List<LaneFront>? fronts, DateTime? since, TimeSpan walk, bool foundLittle)
    {
        lock (_lock)
        {
            _foundLittle = foundLittle;
            if (fronts is null)
            {
                _slowInARow = 0;
                _fronts.Clear();
                return;
            }

            if (look.Fronts is null)
            {
                _slowInARow = Math.Min(_slowInARow + 1, slowWalks);
                _fullLookAt = AfterWalk(walk, _shortestFullPause);
                _wideLookAt = After(_shortestWidePause);
            }
            else if (look.IsWide)
            {
                _wideLookAt = AfterWalk(walk, _shortestWidePause);
            }

            _since = since;
            foreach (var front in fronts)
            {
                var lane = (front.Name, front.Queue, front.Rank);
                if (look.Fronts is null || !_fronts.TryGetValue(lane, out var known) || front.CompareTo(known) > 0)
                    _fronts[lane] = front;
            }
        }
    }

    private long AfterWalk(TimeSpan walk, TimeSpan shortest)
    {
        var pause = walk * PausePerWalk;
        return After(pause < shortest ? shortest : pause > _longestPause ? _longestPause : pause);
    }

    private long After(TimeSpan pause) => time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);

    private TimeSpan Until(long timestamp) => TimeSpan.FromSeconds(Math.Max(0, (double)(timestamp - time.GetTimestamp()) / time.TimestampFrequency));
}
