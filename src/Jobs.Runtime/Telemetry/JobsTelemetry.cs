using System.Diagnostics;
using System.Diagnostics.Metrics;
using Jobs.Execution;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Telemetry;

/// <summary>The <see cref="ActivitySource"/> and the <see cref="Meter"/>, both named "Jobs". Names follow OpenTelemetry's conventions for messaging.</summary>
internal sealed partial class JobsTelemetry : IDisposable
{
    public const string Name = "Jobs";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter;
    private readonly string? _store;
    private readonly bool _ownsMeter;
    private readonly Counter<long> _enqueued;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;
    private readonly UpDownCounter<long> _running;
    private readonly UpDownCounter<long> _abandoned;

    /// <param name="meters">The application's meters.</param>
    /// <param name="store">The store's name, where there are several: a tag of the meter and of every span.</param>
    public JobsTelemetry(IMeterFactory? meters, string? store = null)
    {
        _ownsMeter = meters is null;
        _store = store;
        var options = new MeterOptions(Name) { Tags = store is null ? null : [new("jobs.store", store)] };
        _meter = meters?.Create(options) ?? new Meter(options);
        _enqueued = _meter.CreateCounter<long>("jobs.enqueued", "{job}", "Jobs that this process enqueued.");
        _attempts = _meter.CreateCounter<long>("jobs.attempts", "{attempt}", "Attempts that ended in this process, by outcome.");
        _duration = _meter.CreateHistogram<double>("jobs.attempt.duration", "s", "How long attempts ran.");
        _wait = _meter.CreateHistogram<double>("jobs.wait.duration", "s", "How long jobs waited from enqueue to the claim of their first attempt.");
        _running = _meter.CreateUpDownCounter<long>("jobs.running", "{job}", "Jobs that run in this process.");
        _abandoned = _meter.CreateUpDownCounter<long>("jobs.abandoned", "{handler}", "Handlers that ignored their cancellation and still run.");
        CreateStorageInstruments();
    }

    /// <summary>The storage's name, for the spans' <c>messaging.system</c>.</summary>
    public string StorageName { get; set; } = string.Empty;

    /// <summary>Whether anybody looks at durations; otherwise nobody takes the time.</summary>
    public bool MeasuresAttempts => _duration.Enabled || _wait.Enabled;

    public Activity? StartEnqueue(RegisteredJob job)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        var activity = _source.StartActivity($"send {job.Name}", ActivityKind.Producer);
        Describe(activity, "send", job.Name, job.Queue);
        return activity;
    }

    /// <summary>The span of an attempt, a child of the enqueuing request's.</summary>
    public Activity? StartAttempt(JobExecution execution)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        ActivityContext.TryParse(execution.Record.Details?.TraceParent, null, isRemote: true, out var parent);
        var activity = _source.StartActivity($"process {execution.JobName}", ActivityKind.Consumer, parent);
        Describe(activity, "process", execution.JobName, execution.Queue);
        activity?.SetTag("messaging.message.id", execution.JobId.ToString());
        activity?.SetTag("jobs.attempt", execution.Attempt);
        return activity;
    }

    /// <summary>Counts what was stored; a call that met an existing job stored nothing.</summary>
    public void Enqueued(RegisteredJob job, string queue, in InsertedJob inserted)
    {
        if (_enqueued.Enabled && !inserted.WasDeduplicated)
        {
            _enqueued.Add(1, new("jobs.name", job.Name), new("jobs.queue", queue));
        }
    }

    public void AttemptStarted(JobExecution execution)
    {
        if (_running.Enabled)
        {
            _running.Add(1, new("jobs.name", execution.JobName), new("jobs.queue", execution.Queue));
        }

        if (_wait.Enabled && execution.Attempt == 1)
        {
            _wait.Record((execution.ClaimedAt - execution.CreatedAt).TotalSeconds, new("jobs.name", execution.JobName), new("jobs.queue", execution.Queue));
        }
    }

    /// <param name="execution">The attempt.</param>
    /// <param name="outcome">Its outcome; null when nothing is stored about it.</param>
    /// <param name="wasCompletedByHandler">Whether nothing is stored because the handler did it itself, in its own transaction.</param>
    /// <param name="duration">How long it ran.</param>
    public void AttemptEnded(JobExecution execution, in JobOutcome? outcome, bool wasCompletedByHandler, TimeSpan duration)
    {
        var name = new KeyValuePair<string, object?>("jobs.name", execution.JobName);
        var queue = new KeyValuePair<string, object?>("jobs.queue", execution.Queue);
        if (_running.Enabled)
        {
            _running.Add(-1, name, queue);
        }

        if (_attempts.Enabled)
        {
            _attempts.Add(1, name, queue, new("jobs.outcome", OutcomeName(outcome, wasCompletedByHandler)), new("error.type", outcome?.Error?.Type));
        }

        if (_duration.Enabled)
        {
            _duration.Record(duration.TotalSeconds, name, queue, new("jobs.outcome", OutcomeName(outcome, wasCompletedByHandler)));
        }
    }

    public void Abandoned(int change)
    {
        if (_abandoned.Enabled)
        {
            _abandoned.Add(change);
        }
    }

    public static void Describe(Activity? activity, in JobOutcome? outcome, bool wasCompletedByHandler)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("jobs.outcome", OutcomeName(outcome, wasCompletedByHandler));
        if (outcome is { Kind: JobOutcomeKind.Failed or JobOutcomeKind.Retry } failed)
        {
            activity.SetTag("error.type", failed.Error?.Type ?? failed.Reason.ToString());
            activity.SetStatus(ActivityStatusCode.Error, failed.Error?.Message);
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private static string OutcomeName(in JobOutcome? outcome, bool wasCompletedByHandler) => outcome?.Kind switch
    {
        null => wasCompletedByHandler ? "completed" : "lost",
        JobOutcomeKind.Completed => "completed",
        JobOutcomeKind.Retry => "retry",
        JobOutcomeKind.Failed => "failed",
        JobOutcomeKind.Cancelled => "cancelled",
        JobOutcomeKind.Snoozed => "snoozed",
        JobOutcomeKind.Waiting => "waiting",
        _ => "released",
    };

    private void Describe(Activity? activity, string operation, string jobName, string queue)
    {
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("messaging.system", StorageName);
            activity.SetTag("messaging.operation.name", operation);
            activity.SetTag("messaging.operation.type", operation);
            activity.SetTag("messaging.destination.name", queue);
            activity.SetTag("jobs.name", jobName);
            activity.SetTag("jobs.store", _store);
        }
    }
}
