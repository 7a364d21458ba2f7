using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Jobs.Http.Addresses;
using Jobs.Http.Signatures;
using Jobs.Pushing;
using Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace Jobs.Http.Pushing;

/// <summary>Has attempts run by a receiver: one signed request each. What the answer means is decided by <see cref="PushAnswer"/>.</summary>
/// <remarks>
/// A receiver that is not there, or refuses us, costs no job an attempt: jobs are given back, after a pause in which their slots stay
/// taken, so that a queue is not claimed and given back again and again. One whose answer was lost may have run the handler: that counts.
/// </remarks>
internal sealed class PushRunner(Uri address, PushOptions options, WebhookSigner signer, HttpClient http, TimeProvider time, ILogger logger) : IAttemptRunner
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);
    private int _failures;

    public async ValueTask<JobOutcome> RunAsync(ClaimedJob job, IAttemptObserver observer, CancellationToken cancellationToken)
    {
        var timeout = job.Record.Policy.Timeout ?? options.Timeout;
        byte[] body;
        try
        {
            body = PushWire.Write(job, timeout);
        }
        catch (JsonException exception)
        {
            return PushWire.Failed(job, FailureReason.InvalidPayload, new JobError(null, "The stored payload is no JSON: " + exception.Message, null));
        }

        using var limit = new PushLimit(timeout < TimeSpan.MaxValue - options.Allowance ? timeout + options.Allowance : timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = CreateRequest(job, body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var answer = new PushAnswer(job, response, observer, limit, options, time);
            var outcome = await answer.ReadAsync(either.Token).ConfigureAwait(false);
            if (answer.IsUndelivered)
            {
                return await GiveBackAsync(job, outcome.Error!.Message, null, cancellationToken).ConfigureAwait(false);
            }

            if (Interlocked.Exchange(ref _failures, 0) > 0)
            {
                PushMessages.Reachable(logger, address);
            }

            return outcome;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsReached)
        {
            return PushWire.Retry(job, FailureReason.Timeout, $"{address.Host} did not answer within the attempt's timeout of {timeout} and the {options.Allowance} allowed beyond it.");
        }
        catch (HttpRequestException exception) when (exception is { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } or { InnerException: AddressRefusedException })
        {
            return await GiveBackAsync(job, (exception.InnerException as AddressRefusedException ?? (Exception)exception).Message, exception, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            return PushWire.Failed(job, FailureReason.NonRetryable, new JobError(null, exception.Message + " Store large data elsewhere and return a reference, or raise PushOptions.MaxResponseBytes.", null));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException && !cancellationToken.IsCancellationRequested)
        {
            return PushWire.Retry(job, FailureReason.HandlerError, $"The answer of {address.Host} was lost, and the handler may have run: {exception.Message}");
        }
    }

    private async ValueTask<JobOutcome> GiveBackAsync(ClaimedJob job, string problem, Exception? exception, CancellationToken cancellationToken)
    {
        var failures = Interlocked.Increment(ref _failures);
        if (failures == 1)
        {
            PushMessages.Unreachable(logger, address, problem, exception);
        }

        // Each slot of a queue comes by once in a round of failures.
        var rounds = Math.Min((failures - 1) / options.MaxConcurrency, 10);
        var pause = _firstPause * (1 << rounds);
        await Task.Delay(pause < _longestPause ? pause : _longestPause, time, cancellationToken).ConfigureAwait(false);
        return PushWire.End(job, JobOutcomeKind.Released);
    }

    private HttpRequestMessage CreateRequest(in ClaimedJob job, byte[] body)
    {
        // Of this delivery alone: the same attempt may have to be delivered again, and what was seen before is refused.
        var id = $"{job.Id}.{job.Attempt}.{Guid.NewGuid():N}";
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd(PushJson.LinesType);
        request.Headers.UserAgent.ParseAdd("Jobs/1");
        request.Headers.Add(WebhookSigner.IdHeader, id);
        request.Headers.Add(WebhookSigner.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSigner.SignatureHeader, signer.Sign(id, timestamp, body));
        return request;
    }
}
