using System.Data.Common;
using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public ValueTask<InsertedJob> InsertAsync(JobRecord job, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return transaction is null
            ? Writer.RunAsync(session => session.Inserter.Insert(job), cancellationToken)
            : RunInTransaction(transaction, session => session.Inserter.Insert(job), cancellationToken);
    }

    public ValueTask<IReadOnlyList<InsertedJob>> InsertManyAsync(IReadOnlyList<JobRecord> jobs, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (jobs.Count == 0 && transaction is null)
            return ValueTask.FromResult<IReadOnlyList<InsertedJob>>([]);

        return transaction is null
            ? Writer.RunAsync(Insert, cancellationToken, weight: jobs.Count)
            : RunInTransaction(transaction, Insert, cancellationToken);

        IReadOnlyList<InsertedJob> Insert(WriteSession session) => session.Batches.Insert(jobs);
    }
}
