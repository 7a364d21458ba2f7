namespace Jobs.Sqlite;

/// <summary>Reads the ready jobs of one lane in the order of claiming, a page at a time.</summary>
internal sealed class LaneCursor(StatementSet statements, Lane lane, int pageSize)
{
    private readonly List<ReadyJob> _page = new(pageSize);
    private int _next;
    private bool _isLastPage;

    public Lane Lane => lane;

    /// <summary>The jobs that the claim takes, in their order and without a gap.</summary>
    public List<ChosenJob> Chosen { get; } = [];

    public ReadyJob Current { get; private set; }

    /// <summary>Goes to the next job; false when there is none.</summary>
    public bool MoveNext()
    {
        if (_next == _page.Count && !ReadPage())
            return false;

        Current = _page[_next++];
        return true;
    }

    /// <summary>Takes the current job.</summary>
    public void Choose(int slot) => Chosen.Add(new ChosenJob(Current, slot));

    private bool ReadPage()
    {
        if (_isLastPage)
            return false;

        var (rank, job) = _page.Count == 0 ? (long.MinValue, 0L) : (_page[^1].Rank, _page[^1].Job);
        _page.Clear();
        _next = 0;
        var read = statements["read-ready"].Bind(1, lane.Number).Bind(2, rank).Bind(3, job).Bind(4, pageSize);
        while (read.Step())
            _page.Add(new ReadyJob(read.Int64(0), read.Int64(1), read.Int32(2), read.Int32(3)));

        _isLastPage = _page.Count < pageSize;
        return _page.Count > 0;
    }
}
