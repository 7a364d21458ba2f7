using System.Collections.Frozen;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Jobs.Logs;
using Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace Jobs.Execution;

/// <summary>
/// What a handler sees of its attempt. It is small and belongs to one attempt for ever, while the execution behind it goes on to
/// serve others: whatever acts passes this attempt's generation, and is refused once the attempt has ended.
/// </summary>
internal sealed partial class AttemptContext : JobContext, IServiceProvider
{
    private const int MaxProgressData = 10_000;
    private readonly JobExecution _execution;
    private readonly StoredJob _job;
    private readonly int _attempt;
    private readonly int _generation;

    public AttemptContext(JobExecution execution)
    {
        _execution = execution;
        _job = execution.Record;
        _attempt = execution.Attempt;
        _generation = execution.Generation;
    }

    public override JobId JobId => _job.Id;

    public override string JobName => _job.Name;

    public override string Queue => _job.Queue;

    public override int Attempt => _attempt;

    public override int MaxAttempts => Math.Max(_job.Policy.MaxAttempts, _attempt);

    public override DateTimeOffset CreatedAt => _job.CreatedAt;

    public override IReadOnlyList<string> Tags => _job.Details?.Tags ?? [];

    public override IReadOnlyDictionary<string, string> Metadata => _job.Details?.Metadata ?? FrozenDictionary<string, string>.Empty;

    public override ILogger Logger
    {
        get
        {
            var logger = _execution.Host.Runtime.Loggers.CreateLogger(_execution.Job.LogCategory);
            return _execution.Job.LogLevel is LogLevel.None ? logger : new JobLogger(logger, this, _execution.Host.Logs);
        }
    }

    /// <exception cref="ObjectDisposedException">The attempt has ended, and its scope with it.</exception>
    public override IServiceProvider Services => _execution.GetServices(_generation);

    /// <summary>The execution behind it.</summary>
    public JobExecution Execution => _execution;

    /// <summary>For validation attributes that ask for services: the scope is created only if one does.</summary>
    object? IServiceProvider.GetService(Type serviceType) => Services.GetService(serviceType);

    public override ValueTask ReportProgressAsync(double percent, string? message = null, CancellationToken cancellationToken = default)
    {
        Report(percent, null, message, cancellationToken);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ReportProgressAsync(double percent, JsonElement data, string? message = null, CancellationToken cancellationToken = default)
    {
        Report(percent, data.GetRawText(), message, cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <param name="percent">From 0 to 100.</param>
    /// <param name="data">JSON.</param>
    /// <param name="message">What is being done.</param>
    /// <param name="cancellationToken">The handler's.</param>
    public void Report(double percent, string? data, string? message, CancellationToken cancellationToken = default)
    {
        if (data?.Length > MaxProgressData)
        {
            throw new ArgumentException($"The data of progress has {data.Length:N0} characters as JSON; {MaxProgressData:N0} are allowed. Store large data elsewhere and report a reference.", nameof(data));
        }

        if (JobOptionRules.CheckPercent(percent) is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Progress is a percentage from 0 to 100.");
        }

        cancellationToken.ThrowIfCancellationRequested();

        // An attempt that was abandoned, or whose context outlived it, is refused: the job may already be in its next one.
        var lease = _execution.TryProgress(_generation, out var held) ? held : throw new JobLeaseLostException(JobId);
        _execution.Host.Report(new ProgressReport(JobId, lease, percent, AttemptErrors.Cut(message, 1000)) { Data = data });
        var events = _execution.Host.Runtime.Events;
        if (events.IsActive)
        {
            events.Publish(new JobEvent { Kind = JobEventKind.Progress, JobId = JobId, JobName = JobName, Queue = Queue, Tags = Tags, Attempt = Attempt, Progress = percent, Message = AttemptErrors.Cut(message, 1000) });
        }
    }

    [DoesNotReturn]
    public override Exception Fail(string reason) => throw new AttemptEnding(JobOutcomeKind.Failed, TimeSpan.Zero, reason);

    [DoesNotReturn]
    public override Exception Snooze(JobDuration delay) => throw new AttemptEnding(JobOutcomeKind.Snoozed, Sensible(delay), "The handler asked to go on later.");

    [DoesNotReturn]
    public override Exception RetryAfter(JobDuration delay, string reason) => throw new AttemptEnding(JobOutcomeKind.Retry, Sensible(delay), reason);

    public override void ExtendTimeout(JobDuration by) => _execution.ExtendTimeout(_generation, by);

    public override ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken = default) => CompleteAsync(null, transaction, cancellationToken);

    public override ValueTask CompleteAsync<TResult>(TResult result, DbTransaction transaction, CancellationToken cancellationToken = default) =>
        CompleteAsync(_execution.WriteResult(result, JobId), transaction, cancellationToken);

    /// <summary>The fence of the attempt while it runs.</summary>
    public bool TryGetLease(out JobLease lease) => _execution.TryGetLease(_generation, out lease);

    private async ValueTask CompleteAsync(byte[]? result, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var storage = await _execution.Host.OpenForCompletionAsync(JobId, cancellationToken).ConfigureAwait(false);
        var outcome = new JobOutcome { Id = JobId, Lease = GetLease(), Kind = JobOutcomeKind.Completed, Result = result };
        if (!await storage.CompleteInTransactionAsync(outcome, transaction, cancellationToken).ConfigureAwait(false))
        {
            throw new JobLeaseLostException(JobId);
        }

        _execution.OnCompletedByHandler(_generation, result);
    }

    private JobLease GetLease() => _execution.TryGetLease(_generation, out var lease) ? lease : throw new JobLeaseLostException(JobId);

    /// <summary>A due time must still be a time on every storage.</summary>
    private static TimeSpan Sensible(JobDuration delay) => delay.Value <= EnqueueRules.MaxDuration ? delay.Value : EnqueueRules.MaxDuration;
}
