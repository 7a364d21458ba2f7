using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Jobs.Registry;
using Jobs.Retries;
using Jobs.Storage;
using Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jobs.Execution;

/// <summary>
/// One attempt: the context that the handler sees, and the way from the claim to exactly one ending. Whoever sets
/// <see cref="_hasEnded"/> first, the handler's return or the abandonment, decides the outcome.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The source has neither a timer nor a link, so there is nothing to free, and disposing it would race with a late cancellation; the limit is disposed when the attempt ends.")]
internal abstract class JobExecution : JobContext, IServiceProvider
{
    // There is one object per attempt, so every field counts. The source is the gate too.
    private readonly CancellationTokenSource _cancellation = new();
    private readonly JobId _id;
    private readonly long _createdAt;
    private readonly long _claimedAt;
    private readonly int _attempt;
    private IServiceScope? _scope;
    private AttemptLimit? _limit;
    private long _startedAt;
    private int _cause;
    private int _hasEnded;
    private bool _hasStarted;
    private HandlerCompletion? _completion;

    protected JobExecution(RegisteredJob job, in ClaimedJob claimed, JobWorker worker)
    {
        Job = job;
        Record = claimed.Record;
        Lease = claimed.Lease;
        _id = claimed.Id;
        _createdAt = claimed.CreatedAt.UtcTicks;
        _claimedAt = claimed.ClaimedAt.UtcTicks;
        _attempt = claimed.Attempt;
        Worker = worker;
    }

    public RegisteredJob Job { get; }

    public JobRecord Record { get; }

    public JobLease Lease { get; }

    public DateTimeOffset ClaimedAt => new(_claimedAt, TimeSpan.Zero);

    /// <summary>What the handler threw, for the log.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What the handler completed in its own transaction; null when it did not, or the transaction did not commit.</summary>
    public JobOutcome? CommittedOutcome => _completion is { IsCommitted: true } completion ? Outcome(JobOutcomeKind.Completed) with { Result = completion.Result } : null;

    /// <summary>Links of <see cref="HeldJobs"/>, under its lock.</summary>
    public JobExecution? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public JobExecution? Next { get; set; }

    /// <summary>Whether the attempt still occupies a slot; under the lock of <see cref="HeldJobs"/>.</summary>
    public bool HasSlot { get; set; }

    public override JobId JobId => _id;

    public override string JobName => Record.Name;

    public override string Queue => Record.Queue;

    public override int Attempt => _attempt;

    public override int MaxAttempts => Record.Policy.MaxAttempts;

    public override DateTimeOffset CreatedAt => new(_createdAt, TimeSpan.Zero);

    public override IReadOnlyList<string> Tags => Record.Details?.Tags ?? [];

    public override IReadOnlyDictionary<string, string> Metadata => Record.Details?.Metadata ?? System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    public override ILogger Logger => Worker.Runtime.Loggers.CreateLogger(Job.LogCategory);

    public override IServiceProvider Services
    {
        get
        {
            if (_scope is null)
            {
                lock (_cancellation)
                {
                    _scope ??= Worker.Runtime.Services.CreateScope();
                }
            }

            return _scope.ServiceProvider;
        }
    }

    protected JobWorker Worker { get; }

    protected byte[] Payload => Record.Payload;

    private CancelCause Cause => (CancelCause)Volatile.Read(ref _cause);

    private TimeProvider Time => Worker.Runtime.Time;

    /// <summary>For validation attributes that ask for services: the scope is created only if one does.</summary>
    object? IServiceProvider.GetService(Type serviceType) => Services.GetService(serviceType);

    /// <summary>Runs the attempt to its end. Never throws.</summary>
    public async ValueTask RunAsync()
    {
        var telemetry = Worker.Runtime.Telemetry;
        var logger = Worker.Runtime.Logger;
        _startedAt = telemetry.MeasuresAttempts ? Time.GetTimestamp() : 0;
        telemetry.AttemptStarted(this);
        using var activity = telemetry.StartAttempt(this);
        using var logScope = logger.IsEnabled(LogLevel.Critical) ? logger.BeginScope(new JobLogScope(JobId, JobName, Attempt)) : null;
        JobOutcome? outcome;
        try
        {
            if (!TryStart())
            {
                // Cancelled while it waited for its turn: the handler is not even built.
                throw new OperationCanceledException(_cancellation.Token);
            }

            var result = await ExecuteAsync(_cancellation.Token).ConfigureAwait(false);
            outcome = await ReturnedAsync(result).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            outcome = await ThrewAsync(exception).ConfigureAwait(false);
        }

        if (_scope is not null)
        {
            await DisposeScopeAsync(_scope).ConfigureAwait(false);
        }

        var isFirst = Interlocked.Exchange(ref _hasEnded, 1) == 0;
        StopTimer();
        if (!isFirst)
        {
            Worker.AbandonedHandlerEnded(this);
            return;
        }

        JobsTelemetry.Describe(activity, outcome, _completion is not null);
        telemetry.AttemptEnded(this, outcome, _completion is not null, Elapsed());
        Worker.Finished(this, outcome);
    }

    /// <summary>Cancels the handler's token. Only the first cause counts.</summary>
    public void Cancel(CancelCause cause)
    {
        lock (_cancellation)
        {
            if (_cause != (int)CancelCause.None || Volatile.Read(ref _hasEnded) == 1)
            {
                return;
            }

            Volatile.Write(ref _cause, (int)cause);

            // At shutdown the drain has its own limit; otherwise a handler that runs gets a grace to listen.
            if (_hasStarted && cause is not CancelCause.Shutdown)
            {
                Arm(Worker.Runtime.Settings.Worker.AbandonGrace);
            }
        }

        _ = CancelTokenAsync();
    }

    public override ValueTask ReportProgressAsync(double percent, string? message = null, CancellationToken cancellationToken = default)
    {
        if (!(percent is >= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Progress is a percentage from 0 to 100.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _hasEnded) == 1)
        {
            // Abandoned, or its context outlived it: the job may already be in its next attempt.
            throw new JobLeaseLostException(JobId);
        }

        Worker.Progress.Report(new ProgressReport(JobId, Lease, percent, AttemptErrors.Cut(message, 1000)));
        return ValueTask.CompletedTask;
    }

    [DoesNotReturn]
    public override Exception Fail(string reason) => throw new AttemptEnding(JobOutcomeKind.Failed, TimeSpan.Zero, reason);

    [DoesNotReturn]
    public override Exception Snooze(JobDuration delay) => throw new AttemptEnding(JobOutcomeKind.Snoozed, Sensible(delay), "The handler asked to go on later.");

    [DoesNotReturn]
    public override Exception RetryAfter(JobDuration delay, string reason) => throw new AttemptEnding(JobOutcomeKind.Retry, Sensible(delay), reason);

    public override void ExtendTimeout(JobDuration by)
    {
        lock (_cancellation)
        {
            if (Cause is CancelCause.None)
            {
                _limit?.Extend(by);
            }
        }
    }

    public override ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken = default) => CompleteAsync((byte[]?)null, transaction, cancellationToken);

    public override ValueTask CompleteAsync<TResult>(TResult result, DbTransaction transaction, CancellationToken cancellationToken = default) =>
        CompleteAsync(WriteResult(result), transaction, cancellationToken);

    /// <summary>Reads and validates the input, runs middleware and handler, and returns the serialized result.</summary>
    protected abstract ValueTask<byte[]?> ExecuteAsync(CancellationToken cancellationToken);

    /// <summary>Serializes a result that the handler hands over itself.</summary>
    protected abstract byte[]? WriteResult<TValue>(TValue result);

    protected JobOutcome Outcome(JobOutcomeKind kind) => new() { Id = JobId, Lease = Lease, Kind = kind };

    private async ValueTask CompleteAsync(byte[]? result, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var storage = await Worker.Runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        if (!storage.Capabilities.SupportsTransactions)
        {
            throw new JobException(JobErrorCodes.NotSupported, $"The storage {storage.Capabilities.Name} takes no part in transactions. Use UseSqlite or UsePostgreSql, or return the result in place of calling CompleteAsync.", JobId);
        }

        var outcome = Outcome(JobOutcomeKind.Completed) with { Result = result };
        if (!await storage.CompleteInTransactionAsync(outcome, transaction, cancellationToken).ConfigureAwait(false))
        {
            throw new JobLeaseLostException(JobId);
        }

        _completion = new HandlerCompletion(result);
    }

    /// <summary>The outcome of a handler that returned; null when nothing is to be stored.</summary>
    private async ValueTask<JobOutcome?> ReturnedAsync(byte[]? result)
    {
        if (_completion is not null)
        {
            return await WasCommittedAsync().ConfigureAwait(false) ? null : Retry(FailureReason.CompletionNotCommitted, AttemptErrors.From("The handler completed the job in its own transaction, which did not commit."), null);
        }

        return Cause switch
        {
            CancelCause.LeaseLost => null,
            CancelCause.Timeout => TimedOut(),
            _ => Outcome(JobOutcomeKind.Completed) with { Result = result },
        };
    }

    private async ValueTask<JobOutcome?> ThrewAsync(Exception exception)
    {
        Failure = exception is AttemptEnding { Kind: JobOutcomeKind.Snoozed } ? null : exception;
        try
        {
            if (_completion is not null && await WasCommittedAsync().ConfigureAwait(false))
            {
                return null;
            }
        }
        catch (Exception unreachable)
        {
            // The fence decides: if the completion was committed, what follows is refused.
            Failure = new AggregateException(exception, unreachable);
        }

        if (Cause is CancelCause.LeaseLost || exception is JobLeaseLostException)
        {
            return null;
        }

        return exception switch
        {
            AttemptEnding { Kind: JobOutcomeKind.Failed } => Outcome(JobOutcomeKind.Failed) with { Reason = FailureReason.NonRetryable, Error = AttemptErrors.From(exception.Message) },
            AttemptEnding { Kind: JobOutcomeKind.Snoozed } ending => Outcome(JobOutcomeKind.Snoozed) with { Delay = ending.Delay },
            AttemptEnding ending => Retry(FailureReason.HandlerError, AttemptErrors.From(exception.Message), ending.Delay),
            InvalidPayloadException => Outcome(JobOutcomeKind.Failed) with { Reason = FailureReason.InvalidPayload, Error = AttemptErrors.From(exception.Message) },
            _ when Cause is CancelCause.Timeout => TimedOut(),
            _ when Cause is CancelCause.Cancelled => Outcome(JobOutcomeKind.Cancelled),

            // Whatever it is: drivers report a cancelled command in many ways, and a real error will show itself in the next run.
            _ when Cause is CancelCause.Shutdown && _completion is null => Outcome(JobOutcomeKind.Released),
            JobException { Code: JobErrorCodes.ResultTooLarge } => Outcome(JobOutcomeKind.Failed) with { Reason = FailureReason.NonRetryable, Error = AttemptErrors.From(exception) },
            _ => Retry(_completion is not null ? FailureReason.CompletionNotCommitted : FailureReason.HandlerError, AttemptErrors.From(exception), null),
        };
    }

    private JobOutcome TimedOut() => Retry(FailureReason.Timeout, AttemptErrors.From($"The attempt ran longer than its timeout of {Record.Policy.Timeout}."), null);

    private JobOutcome Retry(FailureReason reason, JobError error, TimeSpan? delay)
    {
        var policy = Record.Policy;
        return Attempt >= policy.MaxAttempts
            ? Outcome(JobOutcomeKind.Failed) with { Reason = reason, Error = error }
            : Outcome(JobOutcomeKind.Retry) with { Reason = reason, Error = error, Delay = delay ?? Backoff.Delay(policy, Attempt, Random.Shared.NextDouble()) };
    }

    /// <summary>A due time must still be a time on every storage.</summary>
    private static TimeSpan Sensible(JobDuration delay) => delay.Value <= EnqueueRules.MaxDuration ? delay.Value : EnqueueRules.MaxDuration;

    private async ValueTask<bool> WasCommittedAsync()
    {
        var storage = await Worker.Runtime.GetStorageAsync(CancellationToken.None).ConfigureAwait(false);
        return _completion!.IsCommitted = await storage.WasCompletedAsync(JobId, Lease, CancellationToken.None).ConfigureAwait(false);
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
            if (Record.Policy.Timeout is { } timeout)
            {
                Arm(timeout);
            }

            return true;
        }
    }

    /// <summary>Under the gate.</summary>
    private void Arm(TimeSpan limit) => (_limit ??= new AttemptLimit(Time, OnLimitReached)).Set(limit);

    private void StopTimer()
    {
        lock (_cancellation)
        {
            _limit?.Dispose();
        }
    }

    /// <summary>The timeout is over, or, after a cancellation, the grace is.</summary>
    private void OnLimitReached()
    {
        var cause = Cause;
        switch (cause)
        {
            case CancelCause.None:
                Cancel(CancelCause.Timeout);
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
            CancelCause.Timeout => TimedOut(),
            CancelCause.Cancelled => Outcome(JobOutcomeKind.Cancelled),
            _ => null,
        };
        Worker.Runtime.Telemetry.AttemptEnded(this, outcome, wasCompletedByHandler: false, Elapsed());
        Worker.Abandoned(this, outcome);
    }

    private TimeSpan Elapsed() => _startedAt == 0 ? TimeSpan.Zero : Time.GetElapsedTime(_startedAt);

    private async Task CancelTokenAsync()
    {
        try
        {
            await _cancellation.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            // A callback of the handler's own threw; the handler hears of the cancellation all the same.
            JobsLog.CancellationCallbackFailed(Worker.Runtime.Logger, JobId, JobName, exception);
        }
    }

    private async ValueTask DisposeScopeAsync(IServiceScope scope)
    {
        try
        {
            if (scope is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                scope.Dispose();
            }
        }
        catch (Exception exception)
        {
            JobsLog.ScopeDisposalFailed(Worker.Runtime.Logger, JobId, JobName, exception);
        }
    }
}
