using System.Runtime.InteropServices;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// Stores the jobs of one call in their order. Jobs that follow each other and differ in their input only, which is what bulk enqueues
/// mostly are, share statements; each of the others has its own.
/// </summary>
internal sealed class BatchInserter(WriteSession session)
{
    /// <summary>The rows of Sql/insert-plain-jobs.sql.</summary>
    private const int Rows = 16;

    private const int FirstTail = 6;
    private const int FirstPayload = FirstTail + Rows;

    /// <inheritdoc cref="JobInserter.Insert"/>
    public InsertedJob[] Insert(IReadOnlyList<JobRecord> jobs)
    {
        var inserted = new InsertedJob[jobs.Count];
        for (var next = 0; next < inserted.Length;)
        {
            var alike = CountAlike(jobs, next);
            if (alike >= Rows)
            {
                var count = alike - (alike % Rows);
                InsertAlike(jobs, next, inserted.AsSpan(next, count));
                next += count;
                continue;
            }

            for (var end = next + Math.Max(1, alike); next < end; next++)
                inserted[next] = session.Inserter.Insert(jobs[next]);
        }

        return inserted;
    }

    private static int CountAlike(IReadOnlyList<JobRecord> jobs, int first)
    {
        var count = 0;
        while (first + count < jobs.Count && IsPlain(jobs[first + count]) && IsSame(jobs[first + count].Kind, jobs[first].Kind))
            count++;

        return count;
    }

    private static bool IsPlain(JobRecord job) => job.Details is null && job.RunAt is null && job.Delay <= TimeSpan.Zero;

    private static bool IsSame(JobKind left, JobKind right) =>
        ReferenceEquals(left, right)
        || (left.Name == right.Name && left.Queue == right.Queue && left.Priority == right.Priority && ReferenceEquals(left.Policy, right.Policy));

    private void InsertAlike(IReadOnlyList<JobRecord> jobs, int first, Span<InsertedJob> inserted)
    {
        var kind = jobs[first].Kind;
        var lane = session.Lanes.GetOrAdd(kind.Queue, kind.Name).Number;
        var from = session.LastJob + 1;
        var statement = session.Statements["insert-plain-jobs"]
            .Bind(2, lane)
            .Bind(3, kind.Priority)
            .Bind(4, session.Now)
            .Bind(5, session.Places.Policies.Format(kind.Policy));
        Span<long> tails = stackalloc long[Rows];
        for (var block = 0; block < inserted.Length; block += Rows)
        {
            Random.Shared.NextBytes(MemoryMarshal.AsBytes(tails));
            statement.Bind(1, session.LastJob + 1);
            for (var row = 0; row < Rows; row++)
            {
                statement.Bind(FirstTail + row, tails[row]).Bind(FirstPayload + row, jobs[first + block + row].Payload);
                inserted[block + row] = new InsertedJob(IssuedId.Make(++session.LastJob, tails[row]), WasDeduplicated: false);
            }

            statement.Run();
        }

        // SQLite would keep its copies of the last inputs until the next call.
        statement.ClearBindings();
        session.Marks.Note(from, session.LastJob, lane, kind.Priority);
        session.Statements["insert-ready-range"]
            .Bind(1, from)
            .Bind(2, session.LastJob)
            .Bind(3, lane)
            .Bind(4, -(long)kind.Priority)
            .Bind(5, session.Now)
            .Run();
        session.Signals.JobsReady = true;
    }
}
