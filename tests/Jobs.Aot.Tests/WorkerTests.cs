using System.Net;
using System.Text.Json;

namespace Jobs.Aot.Tests;

/// <summary>What the native service does, on whichever storage.</summary>
public abstract class WorkerTests(NativeWorker native) : IDisposable
{
    private const string Endless = """{ "upTo": 1000000000000 }""";

    private readonly List<(string Name, string Value)> _settings = [];

    protected string Folder { get; } = Directory.CreateTempSubdirectory("jobs-aot-worker-").FullName;

    /// <summary>The kind of the storage, and the connection string to a new one.</summary>
    protected abstract Task<(string Kind, string ConnectionString)> CreateStorageAsync();

    [Fact]
    public async Task A_job_is_submitted_waited_for_and_listed()
    {
        await using var worker = await StartAsync();

        var id = await worker.SubmitAsync("digest-text", """{ "text": "to be or not to be", "top": 2 }""");
        var job = await worker.WaitAsync(id);

        Assert.Equal("Completed", job.GetProperty("status").GetString());
        var result = job.GetProperty("resultJson");
        Assert.Equal(6, result.GetProperty("words").GetInt32());
        Assert.Equal(["be 2", "to 2"], result.GetProperty("mostFrequent").EnumerateArray().Select(static word => $"{word.GetProperty("word")} {word.GetProperty("count")}"));
        var listed = await worker.GetAsync("/jobs?name=digest-text&status=Completed");
        Assert.Equal([id], listed.GetProperty("jobs").EnumerateArray().Select(static one => one.GetProperty("id").GetString()));
        Assert.Equal("operator", job.GetProperty("submitter").GetString());
    }

    [Fact]
    public async Task An_input_that_breaks_its_rules_is_refused_with_the_path_of_each_member()
    {
        await using var worker = await StartAsync();

        using var answer = await worker.PostAsync("/jobs/submit/write-report", """{ "input": { "title": "", "lines": [{ "item": "Pen", "quantity": 0, "price": 1.5 }] } }""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("validation", problem.RootElement.GetProperty("code").GetString());
        Assert.Equal(["Lines[0].Quantity", "Title"], problem.RootElement.GetProperty("errors").EnumerateObject().Select(static error => error.Name).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await worker.GetAsync("/jobs/count")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_running_job_is_followed_by_events_until_it_is_cancelled()
    {
        await using var worker = await StartAsync();
        var id = await worker.SubmitAsync("count-primes", Endless);
        var isCancelled = false;
        var last = (Event: string.Empty, Job: default(JsonElement));

        await foreach (var told in worker.FollowAsync(id))
        {
            last = told;
            if (!isCancelled && told.Job.TryGetProperty("progress", out var progress) && progress.ValueKind != JsonValueKind.Null)
            {
                using var cancelled = await worker.PostAsync($"/jobs/{id}/cancel");
                Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
                isCancelled = true;
            }
        }

        Assert.Equal("end", last.Event);
        Assert.Equal("Cancelled", last.Job.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Health_and_the_openapi_document_are_served()
    {
        await using var worker = await StartAsync();

        var health = await worker.Http.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        var document = await worker.GetAsync("/jobs/openapi.json");

        Assert.Equal("Healthy", health);
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        Assert.Contains("quantity", document.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_the_process_well_and_gives_back_what_runs()
    {
        string id;
        await using (var worker = await StartAsync())
        {
            id = await worker.SubmitAsync("count-primes", Endless);
            await RunningAsync(worker, id);

            Assert.Equal(0, await worker.StopAsync());
        }

        await using var next = await StartAsync();
        await RunningAsync(next, id);
        using var cancelled = await next.PostAsync($"/jobs/{id}/cancel");
        var job = await next.WaitAsync(id);

        // The attempt that the stop interrupted is refunded.
        Assert.Equal(1, job.GetProperty("attempt").GetInt32());
        Assert.Equal(2, job.GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task A_kill_loses_no_job_that_was_accepted()
    {
        const int Count = 300;
        string[] ids;
        await using (var worker = await StartAsync())
        {
            var jobs = string.Join(',', Enumerable.Range(0, Count).Select(static i => $$"""{ "input": { "title": "Report {{i}}", "lines": [{ "item": "Pen", "quantity": {{i + 1}}, "price": 1.5 }] } }"""));
            using var answer = await worker.PostAsync("/jobs/submit/write-report/many", $$"""{ "jobs": [{{jobs}}] }""");
            using var accepted = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            ids = [.. accepted.RootElement.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("id").GetString()!)];
            await worker.KillAsync();
        }

        Assert.Equal(Count, ids.Length);
        await using var next = await StartAsync();
        for (var i = 0; i < Count; i++)
        {
            var job = await next.WaitAsync(ids[i]);
            Assert.Equal("Completed", job.GetProperty("status").GetString());
            Assert.Equal(1.5m * (i + 1), job.GetProperty("resultJson").GetProperty("total").GetDecimal());
            Assert.True(File.Exists(Path.Combine(Folder, "reports", job.GetProperty("resultJson").GetProperty("file").GetString()!)));
        }
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static async Task RunningAsync(RunningWorker worker, string id)
    {
        await foreach (var (_, job) in worker.FollowAsync(id))
        {
            if (job.GetProperty("status").GetString() == "Running")
                return;
        }

        Assert.Fail("The job ended without having been seen running.");
    }

    /// <summary>Every process of one test has the same storage and the same folder of reports.</summary>
    private async Task<RunningWorker> StartAsync()
    {
        if (_settings.Count == 0)
        {
            var (kind, connection) = await CreateStorageAsync();
            _settings.AddRange([("Storage__Kind", kind), ("Storage__ConnectionString", connection), ("Reports__Folder", Path.Combine(Folder, "reports"))]);
        }

        return await RunningWorker.StartAsync(await native.GetPathAsync(), _settings);
    }
}
