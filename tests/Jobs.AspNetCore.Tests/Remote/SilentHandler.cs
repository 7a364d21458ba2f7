using System.IO.Pipelines;

namespace Jobs.AspNetCore.Tests;

/// <summary>Opens the first stream of events and never sends anything, as a machine does that is gone.</summary>
internal sealed class SilentHandler : DelegatingHandler
{
    private readonly Pipe _silence = new();

    public int Streams { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Streams++ > 0 ? base.SendAsync(request, cancellationToken) : Task.FromResult(new HttpResponseMessage { Content = new StreamContent(_silence.Reader.AsStream()) });
}
