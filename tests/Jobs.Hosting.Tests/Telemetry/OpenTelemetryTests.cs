using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Jobs.Hosting.Tests.Telemetry;

/// <summary>Spans and metrics as the OpenTelemetry SDK exports them.</summary>
public sealed class OpenTelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_span_of_an_attempt_in_another_process_is_a_child_of_the_enqueuing_request()
    {
        using var file = new TemporaryFile();
        var spans = new List<Activity>();
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource("Jobs", "Test").AddProcessor(new SimpleActivityExportProcessor(new ListExporter<Activity>(spans))).Build();
        using var source = new ActivitySource("Test");
        ActivityTraceId trace;
        await using (var front = await Application.StartAsync(services => services.AddJobs("orders", jobs => jobs.UseSqlite(file.ConnectionString).ClientOnly())))
        await using (var back = await Application.StartAsync(services => services.AddJobs("orders", jobs => jobs.UseSqlite(file.ConnectionString))))
        {
            using (var request = source.StartActivity("request"))
            {
                trace = request!.TraceId;
                var job = await front.Services.GetRequiredKeyedService<JobClient>("orders").Tell.EnqueueAsync("x", cancellationToken: Cancellation);
                await job.WaitForResultAsync(Cancellation);
            }
        }

        tracing.ForceFlush();
        var own = spans.Where(span => span.TraceId == trace).ToList();
        var send = Assert.Single(own, span => span.DisplayName == "send tell");
        var process = Assert.Single(own, span => span.DisplayName == "process tell");
        Assert.Equal((ActivityKind.Producer, ActivityKind.Consumer), (send.Kind, process.Kind));
        Assert.Equal(send.SpanId, process.ParentSpanId);
        Assert.Equal(("SQLite", "send", "send", "default", "orders"), Tags(send));
        Assert.Equal(("SQLite", "process", "process", "default", "orders"), Tags(process));
        Assert.NotNull(process.GetTagItem("messaging.message.id"));
        Assert.Equal("completed", process.GetTagItem("jobs.outcome"));
    }

    [Fact]
    public async Task Rates_durations_sizes_and_the_backlog_are_exported_as_metrics()
    {
        var metrics = new List<Metric>();
        await using var application = await Application.StartAsync(services =>
        {
            services.AddMetrics();
            services.AddJobs("metered", jobs => jobs.UseInMemory().Worker(w => (w.MaintenanceInterval, w.Concurrency) = (TimeSpan.FromMilliseconds(10), 9)));
            services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().AddMeter("Jobs").AddReader(new BaseExportingMetricReader(new ListExporter<Metric>(metrics))).Build());
        });
        var provider = application.Get<MeterProvider>();
        var jobs = application.Services.GetRequiredKeyedService<JobClient>("metered");
        application.Get<Gate>().Close();
        for (var i = 0; i < 20; i++)
        {
            await jobs.Chatter.EnqueueAsync(1, new() { MaxAttempts = 2 }, Cancellation);
        }

        // The gauges report what the storage said last, which the worker asks now and then.
        Assert.Equal(11, await LastAsync("jobs.queue.depth", value => value == 11));
        Assert.Equal(9, await LastAsync("jobs.worker.slots.used", value => value == 9));
        Assert.True(await LastAsync("jobs.queue.oldest_age", value => value > 0) > 0);
        application.Get<Gate>().Open();
        Assert.Equal(40, await LastAsync("jobs.attempts", value => value == 40));
        Assert.Equal(20, await LastAsync("jobs.enqueued", _ => true));
        Assert.Equal(40, await LastAsync("jobs.attempt.duration", _ => true));
        Assert.Equal(20, await LastAsync("jobs.wait.duration", _ => true));
        Assert.True(await LastAsync("jobs.claim.size", _ => true) > 0);
        Assert.True(await LastAsync("jobs.outcomes.size", _ => true) > 0);
        Assert.Equal(9, await LastAsync("jobs.worker.slots", _ => true));

        async Task<double> LastAsync(string name, Func<double, bool> isExpected)
        {
            while (true)
            {
                metrics.Clear();
                provider.ForceFlush();
                var sum = 0d;
                foreach (var metric in metrics.Where(metric => metric.Name == name && metric.MeterTags?.Contains(new("jobs.store", "metered")) == true))
                {
                    foreach (ref readonly var point in metric.GetMetricPoints())
                    {
                        sum += metric.MetricType switch
                        {
                            MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
                            MetricType.LongGauge => point.GetGaugeLastValueLong(),
                            MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
                            _ => point.GetHistogramCount(),
                        };
                    }
                }

                if (isExpected(sum))
                {
                    return sum;
                }

                await Task.Delay(5, Cancellation);
            }
        }
    }

    private static (object?, object?, object?, object?, object?) Tags(Activity span) => (
        span.GetTagItem("messaging.system"),
        span.GetTagItem("messaging.operation.name"),
        span.GetTagItem("messaging.operation.type"),
        span.GetTagItem("messaging.destination.name"),
        span.GetTagItem("jobs.store"));
}
