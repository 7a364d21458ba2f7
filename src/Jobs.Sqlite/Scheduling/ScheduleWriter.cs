using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Writes schedules and their jobs inside the writer's transaction.</summary>
internal static class ScheduleWriter
{
    /// <summary>Whether the write happened.</summary>
    /// <exception cref="JobConflictException">A job's id belongs to a job of another name.</exception>
    public static bool Write(WriteSession session, ScheduleWrite write)
    {
        if ((write.NotAfter is { } limit && session.Now > StorageTime.From(limit)) || !Change(session, write))
            return false;

        foreach (var job in write.Jobs)
            session.Inserter.Insert(job);

        return true;
    }

    private static bool Change(WriteSession session, ScheduleWrite write)
    {
        if (write.Schedule is not { } schedule)
        {
            var delete = session.Statements["delete-schedule"].Bind(1, write.Id).Bind(2, write.ExpectedVersion ?? 0);
            delete.Run();
            return write.ExpectedVersion is not null && delete.Changes > 0;
        }

        var statement = session.Statements[write.ExpectedVersion is null ? "insert-schedule" : "update-schedule"]
            .Bind(1, schedule.Id)
            .Bind(2, schedule.Version)
            .Bind(3, schedule.JobName)
            .Bind(4, schedule.DueAt is { } due ? StorageTime.From(due) : null)
            .Bind(5, schedule.IsWaiting ? 1 : 0)
            .Bind(6, ScheduleReader.Format(schedule.OpenJobs))
            .Bind(7, schedule.Document);
        if (write.ExpectedVersion is { } expected)
            statement.Bind(8, expected);

        statement.Run();
        return statement.Changes > 0;
    }
}
