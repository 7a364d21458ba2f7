using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Jobs.Http.Addresses;
using Jobs.Http.Signatures;
using Jobs.Storage;

namespace Jobs.Http.Callbacks;

/// <summary>Sends callbacks: one request per attempt; what becomes of an answer is decided here.</summary>
internal sealed class CallbackSender : IDisposable
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromHours(4);
    private readonly CallbackOptions _options;
    private readonly WebhookSigner _signer;
    private readonly OutboundAddresses _addresses;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public CallbackSender(CallbackOptions options, WebhookSigner signer, OutboundAddresses addresses, TimeProvider time)
    {
        _options = options;
        _signer = signer;
        _addresses = addresses;
        _time = time;
        _http = addresses.CreateClient();
    }

    public async ValueTask SendAsync(CallbackDelivery delivery, JobContext context, CancellationToken cancellationToken)
    {
        var address = new Uri(delivery.Url);
        if (_addresses.Check(address) is { } problem)
        {
            throw context.Fail($"The callback to {address.Host} is refused: {problem}.");
        }

        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = CreateRequest(address, delivery, context);

            // The body of the answer is nobody's business: it is not read, however long it is.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            Judge(response, address, context);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{address.Host} did not answer the callback within {_options.Timeout}.");
        }
        catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException refused)
        {
            throw context.Fail("The callback is refused: " + refused.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whether the receiver has it. 410 is the receiver's way to say that it wants no more; redirects are not followed.</summary>
    private void Judge(HttpResponseMessage response, Uri address, JobContext context)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.Gone || status is >= 300 and < 400)
        {
            throw context.Fail($"{address.Host} answered the callback with {status}: {(status == 410 ? "it wants no more" : "redirects are not followed")}.");
        }

        if (status is 429 or 503 && RetryAfter(response) is { } pause)
        {
            throw context.RetryAfter(pause, $"{address.Host} answered the callback with {status} and asked for a pause.");
        }

        throw new HttpRequestException($"{address.Host} answered the callback with {status}.", null, response.StatusCode);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var pause = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - _time.GetUtcNow() : null;
        return pause is null ? null : pause < TimeSpan.Zero ? TimeSpan.Zero : pause > _longestPause ? _longestPause : pause;
    }

    private HttpRequestMessage CreateRequest(Uri address, CallbackDelivery delivery, JobContext context)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(CreateBody(delivery, context), CallbackJson.Default.CallbackBody);
        var id = context.JobId.ToString();
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("Jobs/1");

        // The id stays the same from attempt to attempt, so that a receiver can drop what it has already.
        request.Headers.Add(WebhookSigner.IdHeader, id);
        request.Headers.Add(WebhookSigner.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSigner.SignatureHeader, _signer.Sign(id, timestamp, body));
        return request;
    }

    private static CallbackBody CreateBody(CallbackDelivery delivery, JobContext context) =>
        new("job." + delivery.Status.ToLowerInvariant(), delivery.EndedAt, new CallbackData
        {
            JobId = delivery.JobId,
            Name = delivery.JobName,
            Queue = delivery.Queue,
            Status = delivery.Status,
            Attempts = delivery.Attempts,
            CreatedAt = delivery.CreatedAt,
            EndedAt = delivery.EndedAt,
            FailureReason = delivery.Reason,
            Error = delivery.Error,
            Result = delivery.Result is { } result ? Parse(result) : null,
            Tags = context.Tags.Count > 0 ? context.Tags : null,
            Metadata = context.Metadata.Count > 1 ? context.Metadata.Where(static pair => pair.Key != CallbackEnvelope.MetadataKey).ToDictionary(StringComparer.Ordinal) : null,
        });

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
