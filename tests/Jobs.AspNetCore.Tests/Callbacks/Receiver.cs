using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Jobs.AspNetCore.Tests;

/// <summary>Takes callbacks and answers each with the next of its statuses.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly WebApplication _application;
    private int _count;

    private Receiver(WebApplication application, HttpStatusCode[] statuses)
    {
        _application = application;
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var status = statuses[Math.Min(Interlocked.Increment(ref _count), statuses.Length) - 1];
            context.Response.StatusCode = (int)status;
            if (status == HttpStatusCode.ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = "0";
            }

            if (status == HttpStatusCode.Redirect)
            {
                context.Response.Headers.Location = "/elsewhere";
            }

            await _received.Writer.WriteAsync(new Received(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        });
    }

    public Uri Address { get; private set; } = new("http://unknown");

    public static async Task<Receiver> StartAsync(params HttpStatusCode[] statuses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build(), statuses);
        await receiver._application.StartAsync();
        receiver.Address = new Uri(receiver._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook");
        return receiver;
    }

    public async Task<Received> ReceiveAsync() => await _received.Reader.ReadAsync(TestService.Cancellation);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
