using System.Net;
using System.Net.Http.Headers;

namespace Jobs.Http.Client;

/// <summary>Sends requests until they are answered, or their attempts are used up.</summary>
internal sealed class JobsConnection(Uri prefix, HttpJobsOptions options, IHttpClientFactory clients, IServiceProvider services, TimeProvider time)
{
    public HttpJobsOptions Options => options;

    public TimeProvider Time => time;

    /// <summary>Sends a request, again where that is safe, and gives the answer of a success.</summary>
    /// <exception cref="JobException">The service refused it, or could not be reached.</exception>
    public async ValueTask<ApiAnswer> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mayBeDone = false;
        for (var attempt = 1; ; attempt++)
        {
            JobException failure;
            TimeSpan? after = null;
            var wasSent = false;
            var patience = call.IsHandOver ? CancellationToken.None : cancellationToken;
            try
            {
                using var limit = new CancellationTokenSource(options.AttemptTimeout + call.Waits, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, patience);
                using var request = await CreateRequestAsync(call.Method, call.Path, call.Body, either.Token).ConfigureAwait(false);
                wasSent = true;
                using var response = await clients.CreateClient(options.HttpClientName).SendAsync(request, either.Token).ConfigureAwait(false);
                var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return new ApiAnswer(response.StatusCode, body, mayBeDone);
                }

                failure = ApiProblem.Read(prefix, response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
                if (!IsPassing(response.StatusCode))
                {
                    return call.Tolerates.Contains(failure.Code) ? new ApiAnswer(response.StatusCode, body, mayBeDone) { Refusal = failure } : throw failure;
                }

                after = RetryAfter(response.Headers.RetryAfter);
                var wasRefused = response.StatusCode is HttpStatusCode.TooManyRequests || failure.Code is Wire.ProblemCodes.TooManyStreams;
                mayBeDone |= !wasRefused;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !patience.IsCancellationRequested))
            {
                failure = new JobException(JobErrorCodes.Storage, $"The jobs service at {prefix} cannot be reached: {(exception is OperationCanceledException ? "it did not answer in time" : exception.Message)}", null, exception);
                mayBeDone |= wasSent && !IsNeverSent(exception);
            }

            if (mayBeDone && call.Resend is Resend.IfRefused)
            {
                throw new JobException(failure.Code, failure.Message + " Whether the request was carried out is not known, and it is not one to repeat; look before trying again.", failure.JobId, failure);
            }

            if (attempt == options.MaxAttempts || after > options.MaxRetryDelay)
            {
                throw new JobException(failure.Code, failure.Message + (after is null ? $" It was tried {attempt} times." : $" It asks to come back in {after.Value.TotalSeconds:N0} seconds."), failure.JobId, failure);
            }

            await Task.Delay(after ?? Pause(attempt), time, mayBeDone && call.IsHandOver ? CancellationToken.None : cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a stream of events. The caller comes back when it breaks.</summary>
    /// <exception cref="JobException">The service refused it.</exception>
    public async ValueTask<HttpResponseMessage> OpenAsync(string path, string? lastEventId, CancellationToken cancellationToken)
    {
        using var request = await CreateRequestAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await clients.CreateClient(options.HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            var problem = ApiProblem.Read(prefix, response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
            throw IsPassing(response.StatusCode) ? new HttpRequestException(problem.Message, problem, response.StatusCode) : problem;
        }
    }

    /// <summary>The pause after an attempt: it doubles, and up to half of it is random, so that many clients do not come back together.</summary>
    public TimeSpan Pause(int attempt)
    {
        var pause = Math.Min(options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 20)), options.MaxRetryDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(pause * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    private async ValueTask<HttpRequestMessage> CreateRequestAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, new Uri(prefix, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
        if (options.AccessToken is not null && await options.AccessToken(services, cancellationToken).ConfigureAwait(false) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() is { Ticks: > 0 } pause ? pause : TimeSpan.Zero : null);

    /// <summary>Whether the same request may be answered better later.</summary>
    private static bool IsPassing(HttpStatusCode status) => status is
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static bool IsNeverSent(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };
}
