namespace Jobs.Sqlite;

/// <summary>A lane: one queue, one name.</summary>
internal sealed record Lane(long Number, string Queue, string Name);

/// <summary>The lanes, known in memory. Lanes are never changed or removed, so what was once committed stays true.</summary>
internal sealed class LaneDirectory(StatementSet statements)
{
    private readonly Dictionary<(string Queue, string Name), Lane> _byName = [];
    private readonly Dictionary<long, Lane> _byNumber = [];
    private long _last;

    public IEnumerable<Lane> All
    {
        get
        {
            Refresh();
            return _byNumber.Values;
        }
    }

    /// <summary>The lane of a queue and a name, created when it is new.</summary>
    public Lane GetOrAdd(string queue, string name)
    {
        if (_byName.TryGetValue((queue, name), out var lane))
            return lane;

        var find = statements["find-lane"].Bind(1, queue).Bind(2, name);
        if (find.Step())
        {
            lane = new Lane(find.Int64(0), queue, name);
            find.Reset();
        }
        else
        {
            var insert = statements["insert-lane"].Bind(1, queue).Bind(2, name);
            insert.Step();
            lane = new Lane(insert.Int64(0), queue, name);
            insert.Run();
        }

        _byName[(queue, name)] = lane;
        _byNumber[lane.Number] = lane;
        return lane;
    }

    /// <summary>A lane by its number; null when somebody wrote a number that is no lane's.</summary>
    public Lane? Find(long number)
    {
        if (!_byNumber.ContainsKey(number))
            Refresh();

        return _byNumber.GetValueOrDefault(number);
    }

    public void Clear()
    {
        _byName.Clear();
        _byNumber.Clear();
        _last = 0;
    }

    private void Refresh()
    {
        var read = statements["read-lanes"].Bind(1, _last);
        while (read.Step())
        {
            var lane = new Lane(read.Int64(0), read.Text(1), read.Text(2));
            _byName[(lane.Queue, lane.Name)] = lane;
            _byNumber[lane.Number] = lane;
            _last = lane.Number;
        }
    }
}
