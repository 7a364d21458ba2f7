using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Jobs.StartupBenchmarks;

/// <summary>samples/AotWorker on SQLite: from the start to the first job's result over HTTP, memory, and what a job costs.</summary>
internal static class ServiceFootprint
{
    private const int Batch = 1000;
    private const string Listening = "Now listening on: ";

    public static async Task CompareAsync(IReadOnlyList<Build> builds, string folder, int jobs)
    {
        Console.WriteLine("| AotWorker on SQLite | binary, MB | start to listening, ms | to first result over HTTP, ms | working set idle, MB | after the jobs, MB | managed heap then, MB | bytes per job | CPU per job, µs |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var build in builds)
            Console.WriteLine(await MeasureAsync(build, folder, jobs));
    }

    private static async Task<string> MeasureAsync(Build build, string folder, int jobs)
    {
        var begin = Stopwatch.GetTimestamp();
        using var process = Start(build, Path.Combine(folder, Guid.NewGuid().ToString("N") + ".db"));
        var rest = Task.FromResult(string.Empty);
        try
        {
            using var http = new HttpClient { BaseAddress = await ReadAddressAsync(process) };

            // A service whose output nobody takes stands still when the pipe is full.
            rest = process.StandardOutput.ReadToEndAsync();
            http.DefaultRequestHeaders.Add("X-Api-Key", "benchmark-0123456789");
            var listening = Stopwatch.GetElapsedTime(begin);
            await WaitAsync(http, await SubmitAsync(http, 1));
            var first = Stopwatch.GetElapsedTime(begin);
            var idle = await ReadFiguresAsync(http);
            for (var done = 0; done < jobs; done += Batch)
                await WaitAsync(http, await SubmitAsync(http, Math.Min(Batch, jobs - done)));

            var after = await ReadFiguresAsync(http);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {build.Name} | {new FileInfo(build.Service).Length / 1e6:F1} | {listening.TotalMilliseconds:F0} | {first.TotalMilliseconds:F0} | {Megabytes(idle, "workingSet"):F0} | {Megabytes(after, "workingSet"):F0} | {Megabytes(after, "heapBytes"):F0} | {Difference("allocatedBytes") / jobs:N0} | {Difference("processorMilliseconds") * 1000 / jobs:F1} |");

            double Difference(string figure) => after.GetProperty(figure).GetDouble() - idle.GetProperty(figure).GetDouble();
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            await rest;
        }
    }

    private static Process Start(Build build, string file)
    {
        var start = new ProcessStartInfo(build.Service) { RedirectStandardOutput = true };
        (string Name, string Value)[] settings =
        [
            ("Urls", "http://127.0.0.1:0"), ("Storage__Kind", "Sqlite"), ("Storage__ConnectionString", $"Data Source={file}"),
            ("Api__Keys__0__Name", "benchmark"), ("Api__Keys__0__Key", "benchmark-0123456789"),
            ("Api__Keys__0__Access__0", "Read"), ("Api__Keys__0__Access__1", "Submit"), ("Api__Keys__0__Access__2", "Operate"),
        ];
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        return Process.Start(start)!;
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Listening.Length)..]);
        }

        throw new InvalidOperationException("The service ended before it listened.");
    }

    /// <summary>Submits jobs together; the id of the last one.</summary>
    private static async Task<string> SubmitAsync(HttpClient http, int count)
    {
        const string Job = """{ "input": { "text": "it was the best of times, it was the worst of times" } }""";
        using var body = new StringContent($$"""{ "jobs": [{{string.Join(',', Enumerable.Repeat(Job, count))}}] }""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("/jobs/submit/digest-text/many", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return accepted.GetProperty("jobs")[count - 1].GetProperty("id").GetString()!;
    }

    private static async Task WaitAsync(HttpClient http, string id)
    {
        var job = await http.GetFromJsonAsync<JsonElement>(new Uri($"/jobs/{id}/wait?timeout=60s", UriKind.Relative));
        if (job.GetProperty("status").GetString() != "Completed")
            throw new InvalidOperationException($"The job {id} is {job.GetProperty("status")}.");
    }

    private static Task<JsonElement> ReadFiguresAsync(HttpClient http) => http.GetFromJsonAsync<JsonElement>(new Uri("/process", UriKind.Relative));

    private static double Megabytes(JsonElement figures, string name) => figures.GetProperty(name).GetDouble() / 1e6;
}
