using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Clients that send without end, hardly at all, or vanish.</summary>
public class ConnectionTests
{
    private const int Streams = 400;

    private static CancellationToken Cancellation => TestService.Cancellation;

    [Fact]
    public async Task Streams_that_are_dropped_at_once_leave_nothing_behind()
    {
        await using var service = await TestService.StartAsync(api => api.AllowAnonymous().MaxStreams = Streams);
        var job = (await service.Jobs.Hold.EnqueueAsync("x", cancellationToken: Cancellation)).Id;
        await service.Gate.Entered.Task.WaitAsync(Cancellation);
        string[] paths = ["/jobs/events", $"/jobs/events?id={job}", $"/jobs/{job}/logs?follow=true", $"/jobs/{job}/events"];

        for (var round = 0; round < 3; round++)
        {
            var open = await Task.WhenAll(Enumerable.Range(0, Streams).Select(i => OpenAsync(service, paths[i % paths.Length])));
            Assert.True(service.HasSubscribers);
            Assert.Equal((503, "too-many-streams"), ((await service.GetAsync($"/jobs/{job}/wait")) is var busy ? (busy.Status, busy.Code) : default));

            foreach (var client in open)
            {
                // Without a farewell: the connection is reset.
                client.LingerState = new LingerOption(true, 0);
                client.Dispose();
            }

            await service.UntilAsync(static service => !service.HasSubscribers);
            while ((await service.GetAsync($"/jobs/{job}/wait?timeout=1ms")).Status != 202)
            {
            }
        }

        // All slots are free again, or the next round could not have been opened.
        Assert.Equal("Running", (await service.GetAsync($"/jobs/{job}")).Text("status"));
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        await using var service = await TestService.StartAsync(api => api.AllowAnonymous().MaxRequestBodyBytes = 100_000);
        using var client = await ConnectAsync(service, "POST /jobs/submit/greet HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        var chunk = Encoding.ASCII.GetBytes($"4000\r\n{new string(' ', 0x4000)}\r\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sent = 0L;
        try
        {
            for (; sent < 256 << 20; sent += chunk.Length)
            {
                await client.GetStream().WriteAsync(chunk, Cancellation);
            }
        }
        catch (IOException)
        {
            // The service has closed the connection.
        }

        Assert.True(sent < 256 << 20, "The service took it all.");
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 32 << 20);
        Assert.Equal(200, (await service.GetAsync("/jobs/registry")).Status);
    }

    [Fact]
    public async Task Bodies_that_hardly_arrive_are_given_up_while_others_are_served()
    {
        await using var service = await TestService.StartAsync(configure: builder => builder.Services.Configure<KestrelServerOptions>(options =>
            options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 10_000, gracePeriod: TimeSpan.FromSeconds(1.5))));
        const string head = "POST /jobs/submit/greet HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{";
        var slow = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ConnectAsync(service, head)));

        var id = await service.SubmitAsync("greet", """{"input":{"name":"Ada"}}""");
        Assert.Equal("Completed", (await service.GetAsync($"/jobs/{id}/wait")).Text("status"));
        foreach (var client in slow)
        {
            using var reader = new StreamReader(client.GetStream());
            var answer = await reader.ReadToEndAsync(Cancellation);
            Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
            Assert.Contains("\"code\":\"bad-request\"", answer, StringComparison.Ordinal);
            client.Dispose();
        }

        Assert.Equal(1, await service.Manager.CountAsync(new(), Cancellation));
    }

    private static async Task<Socket> OpenAsync(TestService service, string path)
    {
        var client = await ConnectAsync(service, $"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        var line = new byte[15];
        await client.GetStream().ReadExactlyAsync(line, Cancellation);
        Assert.Equal("HTTP/1.1 200 OK", Encoding.ASCII.GetString(line));
        return client.Client;
    }

    private static async Task<TcpClient> ConnectAsync(TestService service, string request)
    {
        var client = new TcpClient();
        await client.ConnectAsync(service.Address.Host, service.Address.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        return client;
    }
}
