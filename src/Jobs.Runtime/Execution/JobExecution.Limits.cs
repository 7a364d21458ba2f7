using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Execution;

/// <content>Cancellation and timeouts: what ends an attempt from outside.</content>
internal abstract partial class JobExecution
{
    /// <summary>Whether a limit could still do something: the handler runs, or its scope is being disposed.</summary>
    private bool IsLimitable => Volatile.Read(ref _hasEnded) == 0 && !(_isOver && _scope is null);

    /// <summary>Decides that the attempt is cancelled, unless something else was first. Under the lock of <see cref="HeldJobs"/>; whoever gets true calls <see cref="SignalCancel"/> outside of it.</summary>
    public bool TryMarkCancelled(CancelCause cause)
    {
        lock (_cancellation)
        {
            if (_cause != (int)CancelCause.None || Volatile.Read(ref _hasEnded) == 1)
            {
                return false;
            }

            Volatile.Write(ref _cause, (int)cause);
            return true;
        }
    }

    /// <summary>Cancels the handler's token after <see cref="TryMarkCancelled"/>.</summary>
    public void SignalCancel()
    {
        lock (_cancellation)
        {
            // At shutdown the drain has its own limit; otherwise a handler that runs gets a grace to listen.
            if (_hasStarted && IsLimitable && Cause is not CancelCause.Shutdown)
            {
                Arm(host.Runtime.Settings.Worker.AbandonGrace, TimeSpan.MaxValue);
            }
        }

        _ = CancelTokenAsync();
    }

    public void ExtendTimeout(int generation, TimeSpan by)
    {
        lock (_cancellation)
        {
            if (generation == Generation && Cause is CancelCause.None && _limit is not null)
            {
                _limit.Extend(by);
                host.Extended(this, by);
            }
        }
    }

    /// <summary>Starts the clock of the attempt; false when it was cancelled before.</summary>
    private bool TryStart()
    {
        lock (_cancellation)
        {
            if (Cause is not CancelCause.None)
            {
                return false;
            }

            _hasStarted = true;
            if (IsLimitedHere && (Record.Policy.Timeout ?? Record.Policy.ProgressTimeout) is not null)
            {
                Arm(Record.Policy.Timeout ?? TimeSpan.MaxValue, Record.Policy.ProgressTimeout ?? TimeSpan.MaxValue);
            }

            return true;
        }
    }

    /// <summary>Under the gate.</summary>
    private void Arm(TimeSpan limit, TimeSpan progressLimit) => (_limit ??= new AttemptLimit(Time, OnLimitReached)).Set(limit, progressLimit);

    private void StopTimer()
    {
        lock (_cancellation)
        {
            _limit?.Dispose();
        }
    }

    /// <summary>The timeout is over, or, after a cancellation, the grace is.</summary>
    private void OnLimitReached(AttemptLimit limit)
    {
        CancelCause cause;
        lock (_cancellation)
        {
            if (!ReferenceEquals(limit, _limit) || !IsLimitable)
            {
                // It came too late: the attempt has ended, and this may be the next one.
                return;
            }

            cause = Cause;
            if (cause is CancelCause.None)
            {
                _isStuck = limit.IsStuck;
                Volatile.Write(ref _cause, (int)CancelCause.Timeout);
            }
        }

        switch (cause)
        {
            case CancelCause.None:
                SignalCancel();
                break;
            case CancelCause.Shutdown:
                // The timeout passed during the drain, which has its own limit.
                break;
            default:
                Abandon(cause);
                break;
        }
    }

    /// <summary>The handler ignored its cancellation for the whole grace.</summary>
    private void Abandon(CancelCause cause)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 1)
        {
            return;
        }

        StopTimer();
        JobOutcome? outcome = cause switch
        {
            CancelCause.Timeout => AttemptOutcomes.TimedOut(this),
            CancelCause.Cancelled => AttemptOutcomes.Of(this, JobOutcomeKind.Cancelled),
            _ => null,
        };
        host.Runtime.Telemetry.AttemptEnded(this, outcome, wasCompletedByHandler: false, Elapsed());
        host.Abandoned(this, outcome);
    }

    private async Task CancelTokenAsync()
    {
        try
        {
            await _cancellation.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            // A callback of the handler's own threw; the handler hears of the cancellation all the same.
            JobsLog.CancellationCallbackFailed(host.Runtime.Logger, JobId, JobName, exception);
        }
    }
}
