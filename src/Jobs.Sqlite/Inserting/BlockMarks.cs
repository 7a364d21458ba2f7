using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// Notes what occurs in the block of jobs that is being filled (jobs_mark). What has been noted of the block is remembered, so a job
/// like the ones before it costs a comparison.
/// </summary>
internal sealed class BlockMarks(WriteSession session)
{
    /// <summary>How many bits of a job's number are its place in the block.</summary>
    public const int Shift = 10;

    private readonly HashSet<(MarkKind Kind, long Value)> _numbers = [];
    private readonly HashSet<(MarkKind Kind, string Value)> _texts = [];
    private (long Block, long Lane, int Priority, long Hour) _last = (-1, 0, 0, 0);

    /// <summary>The hour of a stored time.</summary>
    public static long HourOf(long time) => (time - (time < 0 ? TimeSpan.TicksPerHour - 1 : 0)) / TimeSpan.TicksPerHour;

    /// <summary>Notes a job that has been stored just now.</summary>
    public void Note(long job, long lane, int priority, JobDetails? details)
    {
        var at = (job >> Shift, lane, priority, HourOf(session.Now));
        if (at != _last)
            NoteNumbers(at);

        if (details is null)
            return;

        if (details.Submitter is { } submitter)
            Note(MarkKind.Submitter, submitter, at.Item1);

        foreach (var tag in details.Tags)
            Note(MarkKind.Tag, tag, at.Item1);
    }

    /// <summary>Notes jobs that follow each other and differ in their input only.</summary>
    public void Note(long first, long last, long lane, int priority)
    {
        for (var block = first >> Shift; block <= last >> Shift; block++)
            Note(Math.Max(first, block << Shift), lane, priority, details: null);
    }

    /// <summary>Notes what an edit gave a job, which may be in any block.</summary>
    public void NoteEdit(long job, JobChange change)
    {
        if (change.Priority is { } priority)
            Write(MarkKind.Priority, priority, null, job >> Shift);

        foreach (var tag in change.Tags ?? [])
            Write(MarkKind.Tag, 0, tag, job >> Shift);
    }

    /// <summary>Forgets what a rollback may have undone.</summary>
    public void Forget() => _last = (-1, 0, 0, 0);

    private void NoteNumbers((long Block, long Lane, int Priority, long Hour) at)
    {
        if (at.Block != _last.Block)
        {
            _numbers.Clear();
            _texts.Clear();
        }

        _last = at;
        Note(MarkKind.Lane, at.Lane, at.Block);
        Note(MarkKind.Priority, at.Priority, at.Block);
        Note(MarkKind.Hour, at.Hour, at.Block);
    }

    private void Note(MarkKind kind, long value, long block)
    {
        if (_numbers.Add((kind, value)))
            Write(kind, value, null, block);
    }

    private void Note(MarkKind kind, string value, long block)
    {
        if (_texts.Add((kind, value)))
            Write(kind, 0, value, block);
    }

    private void Write(MarkKind kind, long number, string? text, long block)
    {
        var insert = session.Statements["insert-mark"].Bind(1, (long)kind).Bind(3, block);
        (text is null ? insert.Bind(2, number) : insert.Bind(2, text)).Run();
    }
}
