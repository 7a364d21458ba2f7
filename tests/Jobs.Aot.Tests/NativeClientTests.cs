namespace Jobs.Aot.Tests;

/// <summary>A native program without a database uses the jobs of the native service over HTTP.</summary>
public sealed class NativeClientTests(NativeWorker service, NativeClient client)
{
    private static readonly (string Name, string Value) _inMemory = ("Storage__Kind", "InMemory");

    [Fact]
    public async Task A_native_client_enqueues_and_waits_for_a_typed_result()
    {
        await using var worker = await RunningWorker.StartAsync(await service.GetPathAsync(), _inMemory);

        var digest = await RunAsync(worker, "digest", "to be or not to be");

        Assert.Equal((0, "6 words, most often be (2), to (2), not (1)"), digest);
    }

    [Fact]
    public async Task A_native_client_looks_at_jobs_lists_and_cancels_them()
    {
        await using var worker = await RunningWorker.StartAsync(await service.GetPathAsync(), _inMemory);
        var (_, id) = await RunAsync(worker, "primes", "1000000000000");
        await RunAsync(worker, "digest", "one");
        await foreach (var (_, job) in worker.FollowAsync(id))
        {
            if (job.GetProperty("status").GetString() == "Running")
                break;
        }

        var status = await RunAsync(worker, "status", id);
        var listed = await RunAsync(worker, "list");
        var running = await RunAsync(worker, "list", "count-primes");
        var cancelled = await RunAsync(worker, "cancel", id);

        Assert.StartsWith($"{id} count-primes Running", status.Output, StringComparison.Ordinal);
        Assert.Contains("digest-text Completed", listed.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{id} count-primes Running", running.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{id} count-primes Cancelled", cancelled.Output.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_told_with_its_code()
    {
        await using var worker = await RunningWorker.StartAsync(await service.GetPathAsync(), _inMemory);

        // The first is refused before anything is sent, the others by the service.
        var invalid = await RunAsync(worker, "digest", "");
        var unknown = await RunAsync(worker, "status", "00000000-0000-0000-0000-000000000001");
        var forbidden = await RunWithKeyAsync(worker, RunningWorker.ReadKey, "digest", "one");

        Assert.Equal((1, "validation: "), (invalid.ExitCode, invalid.Output[.."validation: ".Length]));
        Assert.Equal((1, "not-found: "), (unknown.ExitCode, unknown.Output[.."not-found: ".Length]));
        Assert.Equal((1, "forbidden: "), (forbidden.ExitCode, forbidden.Output[.."forbidden: ".Length]));
    }

    private Task<(int ExitCode, string Output)> RunAsync(RunningWorker worker, params string[] command) => RunWithKeyAsync(worker, RunningWorker.Key, command);

    private async Task<(int ExitCode, string Output)> RunWithKeyAsync(RunningWorker worker, string key, params string[] command)
    {
        var address = new Uri(worker.Http.BaseAddress!, "jobs").AbsoluteUri;
        var run = await Command.RunAsync("/", "env", [$"JOBS_API_KEY={key}", await client.GetPathAsync(), address, .. command]);
        return (run.ExitCode, run.Output.Trim());
    }
}
