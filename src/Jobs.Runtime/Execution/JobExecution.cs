using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Jobs.Pushing;
using Jobs.Registry;
using Jobs.Storage;
using Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jobs.Execution;

/// <summary>
/// Runs one attempt at a time, from the claim to exactly one ending. Whoever sets <see cref="_hasEnded"/> first, the handler's
/// return or the abandonment, decides the outcome.
/// </summary>
/// <remarks>
/// The object serves one attempt after the other (<see cref="TryRecycle"/>). Handlers hold an <see cref="AttemptContext"/>, which
/// knows by its generation when its attempt is over. An attempt that was cancelled, or may still be running, ends the object's
/// service: a late cancellation, a timer or a handler that ignored its token can then only reach what is no longer used.
/// </remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The source has neither a timer nor a link, so there is nothing to free, and disposing it would race with a late cancellation; the limit is disposed when the attempt ends.")]
internal abstract partial class JobExecution(RegisteredJob job, IAttemptHost host)
{
    // The source is the gate too. It is never handed out, only its token.
    private readonly CancellationTokenSource _cancellation = new();
    private StoredJob? _record;
    private long _claimedAt;
    private IServiceScope? _scope;
    private AttemptLimit? _limit;
    private HandlerCompletion? _completion;
    private StepMemory? _steps;
    private long _startedAt;
    private int _cause;
    private int _hasEnded;
    private bool _hasStarted;
    private bool _isOver;
    private bool _isStuck;

    public RegisteredJob Job => job;

    public IAttemptHost Host => host;

    /// <summary>The number of this object's attempt; a context of another one has another.</summary>
    public int Generation { get; private set; }

    public StoredJob Record => _record ?? throw new InvalidOperationException("The execution has no attempt to run.");

    public JobLease Lease { get; private set; }

    public int Attempt { get; private set; }

    public DateTimeOffset ClaimedAt => new(_claimedAt, TimeSpan.Zero);

    public JobId JobId => Record.Id;

    public string JobName => Record.Name;

    public string Queue => Record.Queue;

    /// <summary>More than the policy says when somebody made it run again.</summary>
    public int MaxAttempts => Math.Max(Record.Policy.MaxAttempts, Attempt);

    public DateTimeOffset CreatedAt => Record.CreatedAt;

    /// <summary>Whether its end may let another job go that waits for its keys, or for itself.</summary>
    public bool HasKeys => Record.Details is { IsGated: true } or { IsDependent: true };

    public IReadOnlyList<string> Tags => Record.Details?.Tags ?? [];

    public IReadOnlyDictionary<string, string> Metadata => Record.Details?.Metadata ?? FrozenDictionary<string, string>.Empty;

    /// <summary>Whether the attempt was timed out for want of progress.</summary>
    public bool IsStuck => _isStuck;

    /// <summary>What the handler threw, for the log.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What the handler completed in its own transaction; null when it did not, or the transaction did not commit.</summary>
    public JobOutcome? CommittedOutcome => _completion is { IsCommitted: true } completion ? AttemptOutcomes.Completed(this, completion.Result) : null;

    /// <summary>Links of <see cref="HeldJobs"/>, under its lock.</summary>
    public JobExecution? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public JobExecution? Next { get; set; }

    /// <summary>Whether the attempt still occupies a slot; under the lock of <see cref="HeldJobs"/>.</summary>
    public bool HasSlot { get; set; }

    private CancelCause Cause => (CancelCause)Volatile.Read(ref _cause);

    private TimeProvider Time => host.Runtime.Time;

    /// <summary>Takes up an attempt. Only right after the object was made or recycled.</summary>
    public void Begin(in ClaimedJob claimed)
    {
        _record = claimed.Record;
        Lease = claimed.Lease;
        Attempt = claimed.Attempt;
        _claimedAt = claimed.ClaimedAt.UtcTicks;
        _hasStarted = _isOver = _isStuck = false;
        Volatile.Write(ref _hasEnded, 0);
    }

    /// <summary>
    /// Readies the object for another attempt, once the storage has answered for this one and <see cref="HeldJobs"/> has let go
    /// of it, so that nobody can begin to cancel it any more. False when something may still hold on to it.
    /// </summary>
    public bool TryRecycle()
    {
        lock (_cancellation)
        {
            if (!_isOver || _cause != (int)CancelCause.None || Failure is not null || _completion is not null || !CanRecycle || !_cancellation.TryReset())
            {
                return false;
            }

            Generation++;
            _record = null;
            _scope = null;
            _limit = null;
            _steps = null;
            Clear();
            return true;
        }
    }

    /// <summary>Runs the attempt to its end. Never throws.</summary>
    public async ValueTask RunAsync()
    {
        var telemetry = host.Runtime.Telemetry;
        var logger = host.Runtime.Logger;
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

            var result = await ExecuteAsync(new AttemptContext(this), _cancellation.Token).ConfigureAwait(false);
            outcome = _completion is not null && await WasCommittedAsync().ConfigureAwait(false) ? null : Returned(result);
        }
        catch (Exception exception)
        {
            outcome = await ThrewAsync(exception).ConfigureAwait(false);
        }

        var scope = Close();
        if (scope is not null)
        {
            await DisposeScopeAsync(scope).ConfigureAwait(false);
        }

        var isFirst = Interlocked.Exchange(ref _hasEnded, 1) == 0;
        if (scope is not null)
        {
            StopTimer();
        }

        if (!isFirst)
        {
            host.AbandonedHandlerEnded(this);
            return;
        }

        JobsTelemetry.Describe(activity, outcome, _completion is not null);
        telemetry.AttemptEnded(this, outcome, _completion is not null, Elapsed());

        // The last look at this attempt: the object may serve the next one before this returns.
        host.Finished(this, outcome);
    }

    /// <exception cref="ObjectDisposedException">The attempt has ended, and its scope with it.</exception>
    public IServiceProvider GetServices(int generation)
    {
        lock (_cancellation)
        {
            return generation == Generation && !_isOver
                ? (_scope ??= host.Runtime.Services.CreateScope()).ServiceProvider
                : throw new ObjectDisposedException(nameof(JobContext), "The attempt has ended, and the services of its scope with it. Await everything that needs them before the handler returns.");
        }
    }

    /// <summary>The fence of an attempt; false when it has ended or was abandoned.</summary>
    public bool TryGetLease(int generation, out JobLease lease)
    {
        lock (_cancellation)
        {
            lease = Lease;
            return generation == Generation && Volatile.Read(ref _hasEnded) == 0;
        }
    }

    /// <summary>What the job's attempts left for later ones.</summary>
    /// <exception cref="JobLeaseLostException">The attempt has ended.</exception>
    public StepMemory GetSteps(int generation, JobId id)
    {
        lock (_cancellation)
        {
            return generation == Generation && !_isOver ? _steps ??= new StepMemory(this, generation) : throw new JobLeaseLostException(id);
        }
    }

    /// <summary>The fence for a report of progress, which keeps the attempt alive; false when it has ended or was abandoned.</summary>
    public bool TryProgress(int generation, out JobLease lease)
    {
        lock (_cancellation)
        {
            if (!TryGetLease(generation, out lease))
            {
                return false;
            }

            _limit?.Progressed();
            return true;
        }
    }

    /// <summary>The handler has written the completion in a transaction of its own.</summary>
    public void OnCompletedByHandler(int generation, byte[]? result)
    {
        lock (_cancellation)
        {
            if (generation == Generation && !_isOver)
            {
                _completion = new HandlerCompletion(result);
            }
        }
    }

    /// <summary>Serializes a result that the handler hands over itself.</summary>
    public abstract byte[]? WriteResult<TValue>(TValue result, JobId id);

    /// <summary>Whether nothing but the handler itself, which has returned, can have kept the execution.</summary>
    protected abstract bool CanRecycle { get; }

    /// <summary>Whether the policy's timeouts are kept here, rather than where the handler is.</summary>
    protected virtual bool IsLimitedHere => true;

    /// <summary>Reads and validates the input, runs middleware and handler, and returns the serialized result.</summary>
    protected abstract ValueTask<byte[]?> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken);

    /// <summary>Forgets what belongs to the attempt.</summary>
    protected abstract void Clear();

    /// <summary>The outcome of a handler that returned; null when nothing is to be stored.</summary>
    private JobOutcome? Returned(byte[]? result) => Cause switch
    {
        _ when _completion is not null => AttemptOutcomes.NotCommitted(this),
        CancelCause.LeaseLost => null,
        CancelCause.Timeout => AttemptOutcomes.TimedOut(this),
        _ => AttemptOutcomes.Completed(this, result),
    };

    private async ValueTask<JobOutcome?> ThrewAsync(Exception exception)
    {
        Failure = exception is AttemptEnding { Kind: JobOutcomeKind.Snoozed or JobOutcomeKind.Waiting } or DeliveredEnding { IsFailure: false } ? null : exception;
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

        if (exception is InvalidPayloadException && Cause is CancelCause.None && await host.LeaveToOthersAsync(this).ConfigureAwait(false) is { } delay)
        {
            Failure = null;
            return AttemptOutcomes.Of(this, JobOutcomeKind.Snoozed) with { Delay = delay };
        }

        return Cause is CancelCause.LeaseLost || exception is JobLeaseLostException ? null : AttemptOutcomes.Threw(this, exception, Cause, _completion is not null);
    }

    private async ValueTask<bool> WasCommittedAsync()
    {
        var storage = await host.Runtime.GetStorageAsync(CancellationToken.None).ConfigureAwait(false);
        return _completion!.IsCommitted = await storage.WasCompletedAsync(JobId, Lease, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>From here on the context gives no services. Without a scope to dispose, the clock stops too.</summary>
    private IServiceScope? Close()
    {
        lock (_cancellation)
        {
            _isOver = true;
            if (_scope is null)
            {
                _limit?.Dispose();
            }

            return _scope;
        }
    }

    private TimeSpan Elapsed() => _startedAt == 0 ? TimeSpan.Zero : Time.GetElapsedTime(_startedAt);

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
            JobsLog.ScopeDisposalFailed(host.Runtime.Logger, JobId, JobName, exception);
        }
    }
}
