using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Jobs.Aot.Tests;

/// <summary>One process of the program, and a client with a key of it that allows everything.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    public const string Key = "operator-0123456789";
    public const string ReadKey = "reader-0123456789ab";
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningWorker(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The program ended before it listened."));
    }

    public HttpClient Http { get; } = new();

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts a process that is listening when this returns.</summary>
    public static async Task<RunningWorker> StartAsync(string program, params IEnumerable<(string Name, string Value)> settings)
    {
        var worker = Launch(program, settings);
        worker.Http.BaseAddress = await worker._address.Task.WaitAsync(TestContext.Current.CancellationToken);
        worker.Http.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return worker;
    }

    /// <summary>Starts a process that is expected to end by itself.</summary>
    public static RunningWorker Launch(string program, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        (string Name, string Value)[] common =
        [
            ("Urls", "http://127.0.0.1:0"),
            ("Api__Keys__0__Name", "operator"), ("Api__Keys__0__Key", Key), ("Api__Keys__0__Access__0", "Read"), ("Api__Keys__0__Access__1", "Submit"), ("Api__Keys__0__Access__2", "Operate"),
            ("Api__Keys__1__Name", "reader"), ("Api__Keys__1__Key", ReadKey), ("Api__Keys__1__Access__0", "Read"),

            // What a killed process held is soon taken over.
            ("Jobs__Worker__LeaseDuration", "2s"), ("Jobs__Worker__HeartbeatInterval", "500ms"), ("Jobs__Worker__MaintenanceInterval", "500ms"), ("Jobs__Worker__ShutdownGrace", "1s"),
        ];
        foreach (var (name, value) in common.Concat(settings))
            start.Environment[name] = value;

        var worker = new RunningWorker(new Process { StartInfo = start, EnableRaisingEvents = true });
        worker._process.Start();
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Submits a job; its id.</summary>
    public async Task<string> SubmitAsync(string job, string input)
    {
        using var answer = await PostAsync($"/jobs/submit/{job}", $$"""{ "input": {{input}} }""");
        Assert.Equal(201, (int)answer.StatusCode);
        return (await ReadAsync(answer)).GetProperty("id").GetString()!;
    }

    public Task<HttpResponseMessage> PostAsync(string address, string json = "") =>
        Http.PostAsync(new Uri(address, UriKind.Relative), json.Length == 0 ? null : new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public async Task<JsonElement> GetAsync(string address)
    {
        using var answer = await Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    /// <summary>The job once it has ended.</summary>
    public async Task<JsonElement> WaitAsync(string id)
    {
        while (true)
        {
            var job = await GetAsync($"/jobs/{id}/wait?timeout=30s&includeResult=true");
            if (job.GetProperty("status").GetString() is "Completed" or "Failed" or "Cancelled")
                return job;
        }
    }

    /// <summary>The states of a job as they are told, until it has ended or the caller has seen enough.</summary>
    public async IAsyncEnumerable<(string Event, JsonElement Job)> FollowAsync(string id)
    {
        using var stream = new StreamReader(await Http.GetStreamAsync(new Uri($"/jobs/{id}/events", UriKind.Relative), TestContext.Current.CancellationToken));
        var told = string.Empty;
        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                told = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return (told, JsonElement.Parse(line["data: ".Length..]));
        }
    }

    /// <summary>SIGTERM, as an orchestrator stops a service; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await WaitForExitAsync();
    }

    /// <summary>SIGKILL: the program gets no chance to tidy up.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        Http.Dispose();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private void Read(string? line)
    {
        if (line is null)
            return;

        lock (_output)
            _output.AppendLine(line);

        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..]));
    }
}
