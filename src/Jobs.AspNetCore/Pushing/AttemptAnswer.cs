using System.Globalization;
using System.Text.Json;
using Jobs.Http.Pushing;
using Jobs.Pushing;
using Jobs.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Jobs.AspNetCore.Pushing;

/// <summary>
/// The answer to one pushed attempt: a status and a result or problem once it has ended; or, to callers who take it, lines from the first
/// thing that the handler tells, or from the first pause that is long enough for a proxy to lose patience.
/// </summary>
internal sealed class AttemptAnswer(HttpContext context, TimeSpan keepAlive, TimeProvider time) : IAttemptObserver
{
    /// <summary>More than a reader that is not stuck lets wait.</summary>
    private const int MaxWaiting = 10_000;

    private static readonly byte[] _newLine = "\n"u8.ToArray();
    private readonly Lock _gate = new();
    private readonly bool _takesLines = context.Request.Headers.Accept.Any(static value => value?.Contains(PushJson.LinesType, StringComparison.OrdinalIgnoreCase) == true);
    private List<PushLine> _waiting = [];
    private PushProgress? _progress;
    private volatile TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lost;

    public void OnProgress(ProgressReport report)
    {
        if (!_takesLines)
        {
            return;
        }

        JsonElement? data = null;
        if (report.Data is { } text)
        {
            using var document = JsonDocument.Parse(text);
            data = document.RootElement.Clone();
        }

        lock (_gate)
        {
            // Only the latest counts.
            _progress = new PushProgress(report.Percent, report.Message, data);
            _told.TrySetResult();
        }
    }

    public void OnLog(JobLogLine line) => Add(new PushLine { Log = new PushLog(line.At, line.Level, line.Message, line.Fields) });

    public void OnExtended(TimeSpan by) => Add(new PushLine { ExtendedBy = PushWire.Text(by) });

    /// <summary>Tells what the handler tells, until it has ended, and then how.</summary>
    public async Task WriteAsync(Task<JobOutcome> attempt)
    {
        while (_takesLines && await HasNewsAsync(attempt).ConfigureAwait(false))
        {
            await WriteAsync(Take() is { Count: > 0 } told ? told : [new PushLine()]).ConfigureAwait(false);
        }

        var outcome = await attempt.ConfigureAwait(false);
        var last = Take();
        if (_takesLines && (last.Count > 0 || context.Response.HasStarted))
        {
            last.Add(outcome.Kind is JobOutcomeKind.Completed ? new PushLine { IsCompleted = true, Result = Parse(outcome.Result) } : new PushLine { Problem = PushWire.Describe(outcome) });
            await WriteAsync(last).ConfigureAwait(false);
        }
        else
        {
            await WriteAsync(outcome).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until there is something to tell, or too long a silence; false when the attempt has ended.</summary>
    private async ValueTask<bool> HasNewsAsync(Task attempt)
    {
        try
        {
            await Task.WhenAny(attempt, _told.Task).WaitAsync(keepAlive, time, context.RequestAborted).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The silence itself is to be broken.
        }

        return !attempt.IsCompleted;
    }

    private static JsonElement? Parse(byte[]? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Answers by status.</summary>
    private async Task WriteAsync(JobOutcome outcome)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        byte[] body;
        if (outcome.Kind is JobOutcomeKind.Completed)
        {
            if (outcome.Result is null)
            {
                response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            response.ContentType = "application/json";
            body = outcome.Result;
        }
        else
        {
            var problem = PushWire.Describe(outcome);
            response.StatusCode = problem.Status;
            response.ContentType = "application/problem+json";
            if (problem.RetryAfter is not null)
            {
                response.Headers.RetryAfter = Math.Ceiling(outcome.Delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            body = JsonSerializer.SerializeToUtf8Bytes(problem with { Title = ReasonPhrases.GetReasonPhrase(problem.Status) }, PushJson.Default.PushProblem);
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task WriteAsync(List<PushLine> lines)
    {
        var response = context.Response;
        if (!response.HasStarted)
        {
            response.ContentType = PushJson.LinesType;
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
        }

        foreach (var line in lines)
        {
            await JsonSerializer.SerializeAsync(response.Body, line, PushJson.Default.PushLine, context.RequestAborted).ConfigureAwait(false);
            await response.Body.WriteAsync(_newLine, context.RequestAborted).ConfigureAwait(false);
        }

        await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What has been told since the last time.</summary>
    private List<PushLine> Take()
    {
        lock (_gate)
        {
            var told = _waiting;
            if (_progress is not null)
            {
                told.Add(new PushLine { Progress = _progress });
            }

            if (_lost > 0)
            {
                told.Add(new PushLine { Log = new PushLog(time.GetUtcNow(), LogLevel.Warning, $"{_lost:N0} lines were lost: the handler wrote more than its answer could take.") });
            }

            (_waiting, _progress, _lost) = ([], null, 0);
            _told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return told;
        }
    }

    private void Add(PushLine line)
    {
        if (!_takesLines)
        {
            return;
        }

        lock (_gate)
        {
            if (_waiting.Count < MaxWaiting)
            {
                _waiting.Add(line);
            }
            else
            {
                _lost++;
            }

            _told.TrySetResult();
        }
    }
}
