using System.Net;

namespace Jobs.Aot.Tests;

/// <summary>What the native service's settings change.</summary>
public sealed class ConfigurationTests(NativeWorker native)
{
    private static readonly (string Name, string Value) _inMemory = ("Storage__Kind", "InMemory");

    [Fact]
    public async Task A_key_allows_what_its_access_says_and_nobody_does_anything_without_one()
    {
        await using var worker = await RunningWorker.StartAsync(await native.GetPathAsync(), _inMemory);
        using var reader = new HttpClient { BaseAddress = worker.Http.BaseAddress };
        using var list = await reader.GetAsync(new Uri("/jobs", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, list.StatusCode);

        reader.DefaultRequestHeaders.Add("X-Api-Key", RunningWorker.ReadKey);
        using var listed = await reader.GetAsync(new Uri("/jobs", UriKind.Relative), TestContext.Current.CancellationToken);
        using var submitted = await reader.PostAsync(new Uri("/jobs/submit/digest-text", UriKind.Relative), null, TestContext.Current.CancellationToken);
        using var process = await reader.GetAsync(new Uri("/process", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, submitted.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, process.StatusCode);
        Assert.True((await worker.GetAsync("/process")).GetProperty("isNative").GetBoolean());
    }

    [Fact]
    public async Task Spans_go_to_the_console_when_the_settings_say_so()
    {
        await using var worker = await RunningWorker.StartAsync(await native.GetPathAsync(), _inMemory, ("Telemetry__Exporter", "Console"));
        await worker.WaitAsync(await worker.SubmitAsync("digest-text", """{ "text": "one" }"""));

        Assert.Equal(0, await worker.StopAsync());
        Assert.Contains("Activity.TraceId", worker.Output, StringComparison.Ordinal);
        Assert.Contains("process digest-text", worker.Output, StringComparison.Ordinal);
        Assert.Contains("jobs.attempts", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_go_to_a_collector_when_the_settings_say_so()
    {
        await using var collector = new Collector();
        await using var worker = await RunningWorker.StartAsync(
            await native.GetPathAsync(),
            _inMemory,
            ("Telemetry__Exporter", "Otlp"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address));
        await worker.WaitAsync(await worker.SubmitAsync("digest-text", """{ "text": "one" }"""));

        Assert.Equal(0, await worker.StopAsync());
        Assert.Contains(collector.Received, static call => call.Path == "/v1/traces" && call.Body.Contains("process digest-text", StringComparison.Ordinal));
        Assert.Contains(collector.Received, static call => call.Path == "/v1/metrics" && call.Body.Contains("jobs.attempts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Storage__Kind", "Redis", "Storage:Kind is 'Redis'. Choose Sqlite, PostgreSql or InMemory.")]
    [InlineData("Telemetry__Exporter", "Fax", "Telemetry:Exporter is 'Fax'. Choose None, Console or Otlp.")]
    [InlineData("Api__Keys__0__Key", "short", "Api:Keys:0 has no Key of at least 16 characters.")]
    [InlineData("Jobs__Worker__LeaseDuration", "soon", "soon")]
    public async Task A_setting_that_makes_no_sense_ends_the_start_and_is_named(string name, string value, string message)
    {
        await using var worker = RunningWorker.Launch(await native.GetPathAsync(), _inMemory, (name, value));

        Assert.NotEqual(0, await worker.WaitForExitAsync());
        Assert.Contains(message, worker.Output, StringComparison.Ordinal);
    }
}
