using System.Data.Common;
using Jobs.Storage;
using Microsoft.Data.Sqlite;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    /// <summary>
    /// Long enough for the worker to see that the transaction committed, when the job's record would not be kept at all.
    /// </summary>
    private static readonly TimeSpan KeptForTheWorker = TimeSpan.FromMinutes(1);

    public ValueTask<bool> CompleteInTransactionAsync(JobOutcome outcome, DbTransaction transaction, CancellationToken cancellationToken) =>
        RunInTransaction(transaction, session => session.Leases.Apply(outcome, KeptForTheWorker) != OutcomeDisposition.Rejected, cancellationToken);

    public ValueTask<bool> WasCompletedAsync(JobId id, JobLease lease, CancellationToken cancellationToken) => Read(
        session =>
        {
            if (session.Ids.Find(id) is not { } found)
                return false;

            var read = session.Statements["was-completed"].Bind(1, found.Job).Bind(2, lease.Token).Bind(3, lease.Nonce);
            var wasCompleted = read.Step();
            read.Reset();
            return wasCompleted;
        },
        cancellationToken);

    /// <summary>
    /// Runs work on the application's connection, inside its transaction, behind a savepoint: if it fails, the application may go on with
    /// its transaction. The commit is the application's; this process and others notice it as they notice every change.
    /// </summary>
    private ValueTask<TResult> RunInTransaction<TResult>(DbTransaction transaction, Func<WriteSession, TResult> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        cancellationToken.ThrowIfCancellationRequested();
        var connection = RequireOwnFile(transaction);
        using var waiting = new BusyTimeoutScope(connection.Handle!, _options.BusyTimeout);
        using var session = new WriteSession(connection.Handle!, _options.TimeProvider);
        try
        {
            session.Statements["savepoint"].Run();
            try
            {
                session.Statements["take-lock"].Run();
                session.Start();
                var result = work(session);
                session.Finish();
                session.Statements["release"].Run();
                return ValueTask.FromResult(result);
            }
            catch (Exception) when (session.IsInTransaction)
            {
                session.Statements["undo"].Run();
                session.Statements["release"].Run();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw _database.Translate(exception);
        }
    }

    private SqliteConnection RequireOwnFile(DbTransaction transaction)
    {
        if (transaction is not SqliteTransaction { Connection: { State: System.Data.ConnectionState.Open } connection })
        {
            throw new JobException(
                JobErrorCodes.ForeignTransaction,
                transaction is SqliteTransaction
                    ? "The transaction has already been committed or rolled back."
                    : $"The jobs are in a SQLite file, but the transaction is a {transaction.GetType().Name}. Pass a SqliteTransaction on that file (with EF Core: Database.CurrentTransaction.GetDbTransaction()).");
        }

        if (!Writer.IsOn(connection))
        {
            throw new JobException(
                JobErrorCodes.ForeignTransaction,
                $"The transaction is on another database than the jobs' file '{_database.File}', which cannot commit together with it. Keep the jobs in the application's own file, or enqueue after the commit.");
        }

        return connection;
    }
}
