using System.Text.Json;
using Jobs.Pushing;
using Jobs.Storage;

namespace Jobs.Http.Pushing;

/// <summary>What the receiver's answer says about the attempt. The statuses are those that any HTTP service would give; codes make them exact.</summary>
internal sealed class PushAnswer(ClaimedJob job, HttpResponseMessage response, IAttemptObserver observer, PushLimit limit, PushOptions options, TimeProvider time)
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromHours(4);

    private int Status => (int)response.StatusCode;

    /// <summary>Whether the receiver took the job at all: otherwise address, secret or route are wrong, which is no fault of the job's.</summary>
    public bool IsUndelivered { get; private set; }

    /// <exception cref="InvalidDataException">It is longer than allowed.</exception>
    /// <exception cref="JsonException">It is not the JSON that it says it is.</exception>
    /// <exception cref="IOException">It broke off.</exception>
    public async ValueTask<JobOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        var body = new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), options.MaxResponseBytes);
        await using (body.ConfigureAwait(false))
        {
            var type = response.Content.Headers.ContentType?.MediaType;
            if (!response.IsSuccessStatusCode)
            {
                return await ReadProblemAsync(body, type, cancellationToken).ConfigureAwait(false);
            }

            if (type == PushJson.LinesType)
            {
                return await ReadLinesAsync(body, cancellationToken).ConfigureAwait(false);
            }

            using var bytes = new MemoryStream();
            await body.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            if (bytes.Length == 0)
            {
                return PushWire.End(job, JobOutcomeKind.Completed);
            }

            return IsJson(type)
                ? Completed(JsonDocument.Parse(bytes.ToArray()).RootElement)
                : PushWire.Retry(job, FailureReason.HandlerError, $"The receiver answered {Status} with '{type}', and a result is application/json. Does the address lead to it?");
        }
    }

    private static bool IsJson(string? type) => type == "application/json" || type?.EndsWith("+json", StringComparison.Ordinal) == true;

    private JobOutcome Completed(JsonElement? result) =>
        PushWire.End(job, JobOutcomeKind.Completed) with { Result = result is { } json ? JsonSerializer.SerializeToUtf8Bytes(json, PushJson.Default.JsonElement) : null };

    private async ValueTask<JobOutcome> ReadLinesAsync(BoundedStream body, CancellationToken cancellationToken)
    {
        var lines = JsonSerializer.DeserializeAsyncEnumerable(body, PushJson.Default.PushLine, topLevelValues: true, cancellationToken);
        await foreach (var line in lines.ConfigureAwait(false))
        {
            body.Restart();
            switch (line)
            {
                case { Progress: { Percent: >= 0 and <= 100 } progress }:
                    observer.OnProgress(new ProgressReport(job.Id, job.Lease, progress.Percent, progress.Message) { Data = progress.Data?.GetRawText() });
                    break;
                case { Log: { } log }:
                    observer.OnLog(new JobLogLine(job.Id, job.Lease, job.Attempt, log.At, log.Level, log.Message, log.Fields));
                    break;
                case { ExtendedBy: { } by } when JobDuration.TryParse(by, out var longer):
                    limit.Extend(longer);
                    observer.OnExtended(longer);
                    break;
                case { IsCompleted: true }:
                    return Completed(line.Result);
                case { Problem: { } problem }:
                    return PushWire.Read(problem, job) ?? PushWire.Retry(job, FailureReason.HandlerError, problem.Detail ?? "The receiver does not say why.");
                default:
                    break;
            }
        }

        throw new IOException("The receiver's answer ended before it said how the attempt ended.");
    }

    private async ValueTask<JobOutcome> ReadProblemAsync(BoundedStream body, string? type, CancellationToken cancellationToken)
    {
        PushProblem? problem = null;
        if (IsJson(type))
        {
            try
            {
                problem = await JsonSerializer.DeserializeAsync(body, PushJson.Default.PushProblem, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is JsonException or InvalidDataException)
            {
                // The status alone counts: others have other ideas of a problem.
            }
        }

        return problem is not null && PushWire.Read(problem, job) is { } told ? told : Judge(problem?.Detail);
    }

    /// <summary>What a status means that comes without a code of ours.</summary>
    private JobOutcome Judge(string? detail)
    {
        var message = $"The receiver answered {Status}{(detail is null ? "." : ": " + detail)}";
        var pause = RetryAfter();
        switch (Status)
        {
            case 400 or 410 or 413 or 415 or 422 or 489:
                return PushWire.Failed(job, FailureReason.NonRetryable, new JobError(null, message, null));
            case 429 or 503 when pause is { } asked:
                return PushWire.End(job, JobOutcomeKind.Snoozed) with { Delay = asked };
            case 408 or 409 or 425 or 429 or >= 500:
                return PushWire.Retry(job, FailureReason.HandlerError, message, pause);
            default:
                IsUndelivered = true;
                return PushWire.End(job, JobOutcomeKind.Released) with { Error = new JobError(null, message, null) };
        }
    }

    private TimeSpan? RetryAfter()
    {
        var pause = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        return pause is null ? null : pause < TimeSpan.Zero ? TimeSpan.Zero : pause > _longestPause ? _longestPause : pause;
    }
}
