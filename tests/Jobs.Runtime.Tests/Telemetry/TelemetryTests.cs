using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Jobs.Runtime.Tests.Telemetry;

public sealed class TelemetryTests
{
    [Fact]
    public async Task The_attempts_span_is_a_child_of_the_enqueuing_calls_and_nothing_leaks_into_the_loops()
    {
        var name = "traced-" + Guid.NewGuid().ToString("N");
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "Jobs" or "test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        Activity? seenByHandler = null;
        var seenByStorage = new ConcurrentQueue<string>();
        using var startUp = source.StartActivity("start-up");
        await using var host = await TestHost.StartAsync(new TestAssembly().Add(name, (_, _) => { seenByHandler = Activity.Current; return Task.CompletedTask; }));
        host.Storage.Before = call =>
        {
            if (call is "ExchangeAsync" or "GetEndedAsync" or "HeartbeatAsync" or "MaintainAsync" && Activity.Current is { } current)
            {
                seenByStorage.Enqueue(call + " in " + current.OperationName);
            }

            return Task.CompletedTask;
        };
        startUp!.Stop();
        using (var request = source.StartActivity("request"))
        {
            await (await host.Client(name).EnqueueAsync()).WaitForCompletionAsync().SoonAsync();
            await TestHost.EventuallyAsync(() => spans.Any(span => span.OperationName == "process " + name), "the attempt's span ends");
            var send = Assert.Single(spans, span => span.OperationName == "send " + name);
            var process = Assert.Single(spans, span => span.OperationName == "process " + name);
            Assert.Equal(request!.SpanId, send.ParentSpanId);
            Assert.Equal((send.SpanId, send.TraceId), (process.ParentSpanId, process.TraceId));
            Assert.Same(process, seenByHandler);
            Assert.Equal((ActivityKind.Producer, ActivityKind.Consumer), (send.Kind, process.Kind));
            Assert.Equal("completed", process.GetTagItem("jobs.outcome"));
            Assert.Equal(name, process.GetTagItem("jobs.name"));
        }

        Assert.Empty(seenByStorage);
    }

    [Fact]
    public async Task Instruments_count_what_happens()
    {
        var values = new ConcurrentQueue<(string Instrument, double Value, string? Outcome)>();
        using var listener = new MeterListener();
        IMeterFactory? factory = null;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Jobs" && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => values.Enqueue((instrument.Name, value, Outcome(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => values.Enqueue((instrument.Name, value, Outcome(tags))));
        await using var host = TestHost.Build([new TestAssembly().Add<int>("job", static (input, context, _) => input == 0 ? throw context.Fail("no") : Task.CompletedTask)], services: static services => services.AddMetrics());
        factory = host.Services.GetRequiredService<IMeterFactory>();
        listener.Start();
        await host.Host.StartAsync();
        await (await host.Client<int>("job").EnqueueAsync(1, new() { IdempotencyKey = "k" })).EndAsync();
        await host.Client<int>("job").EnqueueAsync(1, new() { IdempotencyKey = "k" });
        await (await host.Client<int>("job").EnqueueAsync(0)).EndAsync();
        Assert.Equal(2, Sum("jobs.enqueued"));
        Assert.Equal(1, Sum("jobs.attempts", "completed"));
        Assert.Equal(1, Sum("jobs.attempts", "failed"));
        Assert.Equal(0, Sum("jobs.running"));
        Assert.Equal(2, values.Count(static value => value is { Instrument: "jobs.running", Value: 1 }));
        Assert.Equal(2, values.Count(static value => value.Instrument == "jobs.attempt.duration"));
        Assert.Equal(2, values.Count(static value => value.Instrument == "jobs.wait.duration"));

        double Sum(string instrument, string? outcome = null) => values.Where(value => value.Instrument == instrument && (outcome is null || value.Outcome == outcome)).Sum(static value => value.Value);
    }

    [Fact]
    public async Task What_a_handler_logs_carries_its_job_and_no_payload_is_logged()
    {
        const string Secret = "s3cr3t-payload";
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<string, string>("job", static (input, context, _) =>
            {
                context.Logger.Log(LogLevel.Information, default, "Working", null, static (text, _) => text);
                return context.Attempt == 1 ? throw new InvalidOperationException("first") : new(input);
            }, new JobDefaults { BackoffDelay = "0s" }));
        var handle = await host.Client<string, string>("job").EnqueueAsync(Secret);
        Assert.Equal(Secret, await handle.WaitForResultAsync().SoonAsync());
        var lines = host.Logs.Lines.Where(static line => line.Category == "Jobs.job").ToList();
        Assert.Equal([1, 2], lines.Select(static line => (int)line.Scopes["JobAttempt"]!));
        Assert.All(lines, line => Assert.Equal((handle.Id, "job"), ((JobId)line.Scopes["JobId"]!, (string)line.Scopes["JobName"]!)));
        await TestHost.EventuallyAsync(() => host.Logs.Of(17).Any(), "the completion is logged");
        Assert.Equal(LogLevel.Debug, host.Logs.Of(17).Single().Level);
        Assert.IsType<InvalidOperationException>(host.Logs.Of(10).Single().Exception);
        Assert.Single(host.Logs.Of(2));
        Assert.DoesNotContain(host.Logs.Lines, static line => line.Text.Contains(Secret, StringComparison.Ordinal));
    }

    private static string? Outcome(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key == "jobs.outcome")
            {
                return (string?)value;
            }
        }

        return null;
    }
}
