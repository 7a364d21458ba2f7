using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jobs.Benchmarks.Dispatch;

/// <summary>A context whose services are given, so that only the dispatch is measured.</summary>
internal sealed class GivenContext(IServiceProvider services) : JobContext
{
    public override JobId JobId => default;

    public override string JobName => "no-op";

    public override string Queue => "default";

    public override int Attempt => 1;

    public override int MaxAttempts => 1;

    public override DateTimeOffset CreatedAt => default;

    public override IReadOnlyList<string> Tags => [];

    public override IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>();

    public override IServiceProvider Services => services;

    public override ILogger Logger => NullLogger.Instance;

    public override ValueTask ReportProgressAsync(double percent, string? message = null, CancellationToken cancellationToken = default) => default;

    [DoesNotReturn]
    public override Exception Fail(string reason) => throw new InvalidOperationException(reason);

    [DoesNotReturn]
    public override Exception Snooze(JobDuration delay) => throw new InvalidOperationException();

    [DoesNotReturn]
    public override Exception RetryAfter(JobDuration delay, string reason) => throw new InvalidOperationException(reason);

    public override void ExtendTimeout(JobDuration by)
    {
    }

    public override ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken = default) => default;

    public override ValueTask CompleteAsync<TResult>(TResult result, DbTransaction transaction, CancellationToken cancellationToken = default) => default;
}
