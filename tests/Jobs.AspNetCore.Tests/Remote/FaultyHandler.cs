using System.Collections.Concurrent;
using System.Net;

namespace Jobs.AspNetCore.Tests;

/// <summary>Loses requests or their answers, as many as it is told to; what comes after them goes through.</summary>
internal sealed class FaultyHandler(params Fault[] faults) : DelegatingHandler
{
    private readonly ConcurrentQueue<Fault> _faults = new(faults);
    private readonly ConcurrentQueue<(string Request, string? Authorization)> _sent = [];

    /// <summary>What a busy service says of when to come back.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.Zero;

    public IReadOnlyList<(string Request, string? Authorization)> Sent => [.. _sent];

    /// <summary>Done before each request.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = static _ => Task.CompletedTask;

    public void Add(params Fault[] more) => Array.ForEach(more, _faults.Enqueue);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _sent.Enqueue(($"{request.Method} {request.RequestUri!.AbsolutePath}", request.Headers.Authorization?.ToString()));
        await Before(cancellationToken);
        var fault = _faults.TryDequeue(out var next) ? next : Fault.None;
        if (fault is Fault.LoseRequest)
        {
            throw new HttpRequestException("The request was lost.");
        }

        if (fault is Fault.TooBusy)
        {
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new(RetryAfter) } };
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (fault is Fault.None)
        {
            return response;
        }

        response.Dispose();
        return fault is Fault.BadGateway
            ? new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>Bad gateway</html>") }
            : throw new HttpRequestException("The answer was lost.", new IOException("The connection was closed."));
    }
}
