using System.Data.Common;

namespace Jobs.Storage;

/// <summary>
/// Where jobs live. Every implementation passes the conformance suite (Jobs.Storage.Conformance), which is the precise form of
/// this contract.
/// </summary>
/// <remarks>
/// <para>A job is in exactly one place: ready, scheduled, held under one lease, or ended. Every move is one atomic step.</para>
/// <para>The storage's own clock decides what is due and what has expired; no caller passes "now".</para>
/// <para>All members may be called from any number of threads. A cancelled token stops a call before its effect, or not at
/// all: a call that throws <see cref="OperationCanceledException"/> changed nothing.</para>
/// </remarks>
public partial interface IJobStorage : IAsyncDisposable
{
    /// <summary>What this storage can do.</summary>
    StorageCapabilities Capabilities { get; }

    /// <summary>Makes the storage ready: creates or migrates its schema. Idempotent; called before anything else, and again after a failure.</summary>
    /// <exception cref="JobException">The storage cannot be used as it is; the message says what to do.</exception>
    ValueTask InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Registers a listener for signals until the returned object is disposed.</summary>
    /// <param name="listener">Hears the signals.</param>
    IDisposable Subscribe(IJobStorageListener listener);

    /// <summary>Stores one job. When the task completes, it is as durable as the storage promises.</summary>
    /// <param name="job">The job.</param>
    /// <param name="transaction">The caller's transaction, whose commit makes the job visible; null stores it at once.</param>
    /// <param name="cancellationToken">Counts before the hand-over; afterwards the outcome is awaited.</param>
    /// <exception cref="JobConflictException">The job's id belongs to a job of another name.</exception>
    ValueTask<InsertedJob> InsertAsync(JobRecord job, DbTransaction? transaction, CancellationToken cancellationToken);

    /// <summary>Stores many jobs, all or none; the answer is in their order. Jobs with equal keys inside the batch meet each other.</summary>
    /// <inheritdoc cref="InsertAsync" path="/exception"/>
    ValueTask<IReadOnlyList<InsertedJob>> InsertManyAsync(IReadOnlyList<JobRecord> jobs, DbTransaction? transaction, CancellationToken cancellationToken);

    /// <summary>Stores outcomes and claims the next jobs, in one atomic step. See <see cref="WorkExchange"/>.</summary>
    /// <remarks>
    /// An outcome is stored only while the job is held under the outcome's lease. If cancelling was asked for before, any
    /// outcome ends the job as cancelled. A claim takes due jobs of the given names and queues, by priority, then by age, and
    /// never more than the limits allow.
    /// </remarks>
    ValueTask ExchangeAsync(WorkExchange exchange, CancellationToken cancellationToken);

    /// <summary>Stores the completion of one job inside the handler's transaction.</summary>
    /// <returns>False when the job is no longer held under the outcome's lease; nothing was written then.</returns>
    ValueTask<bool> CompleteInTransactionAsync(JobOutcome outcome, DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Whether the job was completed under this lease.</summary>
    ValueTask<bool> WasCompletedAsync(JobId id, JobLease lease, CancellationToken cancellationToken);

    /// <summary>Stores progress, each report only while its lease holds.</summary>
    /// <returns>The jobs whose leases no longer hold; empty when all do.</returns>
    ValueTask<IReadOnlyList<JobId>> ReportProgressAsync(IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken);

    /// <summary>Says that a worker is alive. The first one registers it.</summary>
    /// <returns>False when the worker had been declared dead: its jobs may have been taken over. It is registered anew.</returns>
    ValueTask<bool> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken);

    /// <summary>Takes a worker off the list. What it still holds is given back at once, without counting the attempt.</summary>
    ValueTask RetireWorkerAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>
    /// Gives back what the worker holds under other leases than the known ones, without counting the attempt. After an exchange
    /// whose answer was lost, the worker may hold jobs that it never heard of, and its heartbeats would hold them for ever.
    /// </summary>
    /// <param name="workerId">The worker; no exchange of it is under way.</param>
    /// <param name="known">The leases of all jobs that the worker runs or has outcomes for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask ReleaseUnknownAsync(string workerId, IReadOnlyCollection<JobLease> known, CancellationToken cancellationToken);

    /// <summary>The jobs that this worker holds and that shall be cancelled: the poll behind <see cref="IJobStorageListener.OnCancelRequested"/>.</summary>
    ValueTask<IReadOnlyList<JobId>> GetCancelRequestsAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>Cancels a waiting job at once, or asks for the cancelling of a running one.</summary>
    ValueTask<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>A job's state; null when there is no such job.</summary>
    ValueTask<JobSnapshot?> GetAsync(JobId id, JobParts parts, CancellationToken cancellationToken);

    /// <summary>Of the given jobs, those that have ended or do not exist: the poll behind <see cref="IJobStorageListener.OnJobEnded"/>.</summary>
    ValueTask<IReadOnlyList<JobId>> GetEndedAsync(IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken);

    /// <summary>A page of jobs, newest first, in an order that later changes of state don't disturb.</summary>
    /// <exception cref="JobException">The cursor is not one of this storage.</exception>
    ValueTask<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>How many jobs match; limit, offset and cursor play no part.</summary>
    ValueTask<long> CountAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>The workers that are on the list.</summary>
    ValueTask<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// One round of what any process may do at any time: give back the jobs of dead workers, fail those that stalled or that
    /// nobody knows, remove old records. Safe on any number of machines at once, without a leader.
    /// </summary>
    /// <remarks>
    /// A worker is dead when its last heartbeat is older than its lease, and the storage itself was reachable in between: after
    /// an outage of the storage all leases get one period of grace.
    /// </remarks>
    ValueTask<MaintenanceReport> MaintainAsync(MaintenanceRequest request, CancellationToken cancellationToken);
}
