using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// Ends leases: by an outcome, by giving the job back, by taking it over. Each begins with one statement that removes the lease only
/// under its fence; who finds nothing to remove has lost, and writes nothing.
/// </summary>
internal sealed class LeaseEnder(WriteSession session)
{
    /// <summary>Stores an outcome.</summary>
    public OutcomeDisposition Apply(in JobOutcome outcome, TimeSpan keepAtLeast = default)
    {
        if (End(outcome.Id, outcome.Lease) is not { } held)
            return OutcomeDisposition.Rejected;

        if (held.CancelAt is not null)
        {
            Finish(held, EndStatus.Cancelled, outcome, keepAtLeast);
            return outcome.Kind == JobOutcomeKind.Cancelled ? OutcomeDisposition.Stored : OutcomeDisposition.Cancelled;
        }

        switch (outcome.Kind)
        {
            case JobOutcomeKind.Completed:
                Finish(held, EndStatus.Completed, outcome, keepAtLeast);
                break;
            case JobOutcomeKind.Failed:
                Finish(held, EndStatus.Failed, outcome, keepAtLeast);
                break;
            case JobOutcomeKind.Cancelled:
                Finish(held, EndStatus.Cancelled, outcome, keepAtLeast);
                break;
            case JobOutcomeKind.Retry:
                Record(held, RunKind.Retry, outcome.Reason, outcome.Error);
                PutBack(held, outcome.Delay, held.Runs + 1, held.Takeovers);
                break;
            case JobOutcomeKind.Snoozed:
                Record(held, RunKind.Snoozed, FailureReason.None, outcome.Error);
                PutBack(held, outcome.Delay, held.Runs, held.Takeovers);
                break;
            case JobOutcomeKind.Waiting:
                Record(held, RunKind.Snoozed, FailureReason.None, null);
                session.Places.PutBack(held.Job, session.Steps.Await(held.Job, outcome.Wait), held.Runs, held.Takeovers);
                break;
            case JobOutcomeKind.Released:
                Record(held, RunKind.Released, FailureReason.None, outcome.Error);
                PutBack(held, outcome.Delay, held.Runs, held.Takeovers);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "Not an outcome that this storage knows.");
        }

        return OutcomeDisposition.Stored;
    }

    /// <summary>Gives a held job back at once, without counting the run; a job that shall be cancelled is.</summary>
    public void Release(long job, JobLease fence)
    {
        if (End(job, fence) is not { } held)
            return;

        if (held.CancelAt is not null)
        {
            EndUncounted(held, RunKind.Released, EndStatus.Cancelled, FailureReason.None, null);
            return;
        }

        Record(held, RunKind.Released, FailureReason.None, null);
        PutBack(held, TimeSpan.Zero, held.Runs, held.Takeovers);
    }

    /// <summary>Ends a lease without a trace, for a job that is about to be removed.</summary>
    public void Drop(long job, JobLease fence) => End(job, fence);

    /// <summary>Takes a job over from a worker that died. True: given back. False: it stalled too often and failed. Null: it was cancelled, or somebody was faster.</summary>
    public bool? TakeOver(long job, JobLease fence, string worker, int maxTakeovers)
    {
        if (End(job, fence) is not { } held)
            return null;

        if (held.CancelAt is not null)
        {
            EndUncounted(held, RunKind.TakenOver, EndStatus.Cancelled, FailureReason.Stalled, null);
            return null;
        }

        var error = new JobError(null, $"Worker '{worker}' stopped reporting while it ran the job.", null);
        if (held.Takeovers >= maxTakeovers)
        {
            EndUncounted(held, RunKind.TakenOver, EndStatus.Failed, FailureReason.Stalled, error);
            return false;
        }

        Record(held, RunKind.TakenOver, FailureReason.Stalled, error);
        PutBack(held, TimeSpan.Zero, held.Runs, held.Takeovers + 1);
        return true;
    }

    /// <summary>Stores progress; false when the lease no longer holds.</summary>
    public bool Report(in ProgressReport report)
    {
        if (IssuedId.TryRead(report.Id, out var job, out _) && Write(job, report))
            return true;

        return session.Keys.Resolve(report.Id) is { } resolved && Write(resolved, report);

        bool Write(long job, in ProgressReport report)
        {
            var write = session.Statements["write-progress"]
                .Bind(1, job)
                .Bind(2, report.Lease.Token)
                .Bind(3, report.Lease.Nonce)
                .Bind(4, report.Percent)
                .Bind(5, report.Message)
                .Bind(6, session.Now)
                .Bind(7, report.Data);
            write.Run();
            return write.Changes > 0;
        }
    }

    private HeldJob? End(JobId id, JobLease fence)
    {
        // An id that this storage issued needs no look-up: the fence alone decides.
        if (IssuedId.TryRead(id, out var job, out _) && End(job, fence) is { } held)
            return held;

        return session.Keys.Resolve(id) is { } resolved ? End(resolved, fence) : null;
    }

    private HeldJob? End(long job, JobLease fence)
    {
        var end = session.Statements["end-lease"].Bind(1, job).Bind(2, fence.Token).Bind(3, fence.Nonce);
        if (!end.Step())
            return null;

        var held = new HeldJob(job, fence, end.Int64(0), end.Int64(1), end.Int32(2), end.Int32(3), end.Text(4), end.NullableInt64(5), end.NullableInt64(7));
        var gate = end.NullableText(6);
        end.Run();
        if (gate is not null)
            session.Gated.OnHeldChanged(gate);

        return held;
    }

    private void Finish(in HeldJob held, EndStatus status, in JobOutcome outcome, TimeSpan keepAtLeast)
    {
        if (status != EndStatus.Completed)
            Record(held, status == EndStatus.Failed ? RunKind.Failed : RunKind.Cancelled, outcome.Reason, outcome.Error);

        session.Signals.Ended.Add(outcome.Id);
        session.Places.End(held.Job, new JobEnd
        {
            Status = status,
            Runs = held.Runs + 1,
            Policy = held.Policy,
            Lane = held.Lane,
            Fence = held.Fence,
            Run = (held.Worker, held.ClaimedAt),
            CancelAt = held.CancelAt,
            Reason = status == EndStatus.Failed ? outcome.Reason : FailureReason.None,
            Error = status == EndStatus.Failed ? outcome.Error?.Message : null,
            Result = status == EndStatus.Completed ? outcome.Result : null,
            KeepAtLeast = keepAtLeast,
        });
    }

    private void EndUncounted(in HeldJob held, RunKind kind, EndStatus status, FailureReason reason, JobError? error)
    {
        Record(held, kind, reason, error);
        session.Places.SignalEnded(held.Job);
        session.Places.End(held.Job, new JobEnd
        {
            Status = status,
            Runs = held.Runs,
            Policy = held.Policy,
            Lane = held.Lane,
            Run = (held.Worker, held.ClaimedAt),
            CancelAt = held.CancelAt,
            Reason = status == EndStatus.Failed ? reason : FailureReason.None,
            Error = error?.Message,
        });
    }

    private void PutBack(in HeldJob held, TimeSpan delay, int runs, int takeovers) =>
        session.Places.PutBack(held.Job, StorageTime.After(session.Now, delay), runs, takeovers);

    private void Record(in HeldJob held, RunKind kind, FailureReason reason, JobError? error) => session.Statements["insert-run"]
        .Bind(1, held.Job)
        .Bind(2, held.Runs + 1)
        .Bind(3, (long)kind)
        .Bind(4, held.Worker)
        .Bind(5, held.ClaimedAt)
        .Bind(6, session.Now)
        .Bind(7, ReasonText.Format(reason))
        .Bind(8, error?.Type)
        .Bind(9, error?.Message)
        .Bind(10, error?.StackTrace)
        .Run();
}
