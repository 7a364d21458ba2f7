using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Reads schedules on a connection for reading.</summary>
internal static class ScheduleReader
{
    private const int IdLength = 16;

    public static ScheduleReading Read(ReadSession session, ScheduleQuery query, DateTimeOffset now)
    {
        var found = new List<StoredSchedule>();
        TimeSpan? nextDueIn = null;
        if (query.IsDue)
        {
            var time = StorageTime.From(now);
            Add(session, session.Statements["read-waiting-schedules"].Bind(1, query.Limit), found);
            var waiting = found.Count;
            Add(session, session.Statements["read-due-schedules"].Bind(1, time).Bind(2, query.Limit), found);
            var isFull = found.Count - waiting == query.Limit;
            found = [.. found.DistinctBy(static schedule => schedule.Id)];
            nextDueIn = isFull ? null : FindNext(session, time);
        }
        else if (query.Id is { } id)
        {
            Add(session, session.Statements["read-schedule"].Bind(1, id), found);
        }
        else
        {
            Add(session, session.Statements["read-schedules"].Bind(1, query.AfterId ?? "").Bind(2, query.JobName).Bind(3, query.Limit), found);
        }

        return new ScheduleReading(now, found, nextDueIn);
    }

    public static byte[]? Format(IReadOnlyList<JobId> jobs)
    {
        if (jobs.Count == 0)
            return null;

        var bytes = new byte[jobs.Count * IdLength];
        for (var i = 0; i < jobs.Count; i++)
            IssuedId.Bytes(jobs[i]).CopyTo(bytes, i * IdLength);

        return bytes;
    }

    private static TimeSpan? FindNext(ReadSession session, long now)
    {
        var next = session.Statements["next-due-schedule"].Bind(1, now);
        var due = next.Step() ? next.NullableInt64(0) : null;
        next.Reset();
        return due is { } at ? TimeSpan.FromTicks(at - now) : null;
    }

    private static void Add(ReadSession session, SqliteStatement row, List<StoredSchedule> found)
    {
        var first = found.Count;
        while (row.Step())
        {
            found.Add(new StoredSchedule
            {
                Id = row.Text(0),
                Version = row.Int64(1),
                JobName = row.Text(2),
                DueAt = StorageTime.To(row.NullableInt64(3)),
                IsWaiting = row.Int32(4) != 0,
                OpenJobs = Parse(row.Blob(5)),
                Document = row.Text(6),
            });
        }

        for (var i = first; i < found.Count; i++)
        {
            if (found[i].OpenJobs.Count > 0)
                found[i] = found[i] with { OpenJobs = [.. found[i].OpenJobs.Where(job => IsUnfinished(session, job))] };
        }
    }

    private static bool IsUnfinished(ReadSession session, JobId id)
    {
        if (session.Ids.Find(id) is not { } found)
            return false;

        var read = session.Statements["is-ended"].Bind(1, found.Job);
        var isEnded = read.Step();
        read.Reset();
        return !isEnded;
    }

    private static List<JobId> Parse(byte[]? bytes)
    {
        var jobs = new List<JobId>();
        for (var i = 0; bytes is not null && i + IdLength <= bytes.Length; i += IdLength)
            jobs.Add(new JobId(new Guid(bytes.AsSpan(i, IdLength), bigEndian: true)));

        return jobs;
    }
}
