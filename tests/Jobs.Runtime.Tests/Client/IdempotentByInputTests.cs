using System.Text.Json;
using Xunit;

namespace Jobs.Runtime.Tests.Client;

/// <summary>The input as idempotency key.</summary>
public sealed class IdempotentByInputTests
{
    private static readonly EnqueueOptions _byInput = new() { IdempotentByInput = true };

    [Fact]
    public async Task An_equal_input_meets_the_first_job_and_another_one_does_not()
    {
        await using var host = Build();
        var client = host.Client<Dictionary<string, int>>("job");
        var first = await client.EnqueueAsync(new() { ["a"] = 1, ["b"] = 2 }, _byInput);
        var same = await client.EnqueueAsync(new() { ["b"] = 2, ["a"] = 1 }, _byInput);
        var other = await client.EnqueueAsync(new() { ["a"] = 1, ["b"] = 3 }, _byInput);
        var plain = await client.EnqueueAsync(new() { ["a"] = 1, ["b"] = 2 });

        Assert.Equal((first.Id, true), (same.Id, same.WasDeduplicated));
        Assert.False(other.WasDeduplicated);
        Assert.False(plain.WasDeduplicated);
        Assert.Equal(3, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task Another_job_with_the_same_input_is_another_job()
    {
        await using var host = Build();
        await host.Client<Dictionary<string, int>>("job").EnqueueAsync([], _byInput);

        Assert.False((await host.Client<Dictionary<string, int>>("other").EnqueueAsync([], _byInput)).WasDeduplicated);
    }

    [Fact]
    public async Task Each_input_of_a_bulk_has_its_own_key()
    {
        await using var host = Build();
        var handles = await host.Client<Dictionary<string, int>>("job").EnqueueManyAsync([new() { ["a"] = 1 }, new() { ["a"] = 2 }, new() { ["a"] = 1 }], _byInput);

        Assert.Equal([false, false, true], handles.Select(handle => handle.WasDeduplicated));
        Assert.Equal(handles[0].Id, handles[2].Id);
    }

    [Fact]
    public async Task Concurrent_callers_with_one_input_store_one_job()
    {
        await using var host = Build();
        var client = host.Client<Dictionary<string, int>>("job");
        var handles = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await client.EnqueueAsync(new() { ["a"] = 1 }, _byInput))));

        Assert.Single(handles, handle => !handle.WasDeduplicated);
        Assert.Equal(1, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task Json_by_name_meets_the_typed_one_whatever_the_order_of_its_members()
    {
        await using var host = Build();
        var typed = await host.Client<Dictionary<string, int>>("job").EnqueueAsync(new() { ["a"] = 1, ["b"] = 2 }, _byInput);
        using var json = JsonDocument.Parse("""{ "b": 2, "a": 1 }""");

        Assert.Equal(typed.Id, (await host.Manager.SubmitAsync("job", json.RootElement, _byInput)).Id);
    }

    [Fact]
    public async Task A_window_and_a_pending_job_that_gives_way_work_as_with_a_key_of_the_caller()
    {
        var time = new global::Jobs.Testing.ManualTimeProvider();
        await using var host = Build(time);
        var client = host.Client<Dictionary<string, int>>("job");
        var first = await client.EnqueueAsync([], _byInput with { IdempotencyWindow = "1h", Delay = "5h" });
        Assert.True((await client.EnqueueAsync([], _byInput)).WasDeduplicated);
        time.Advance(TimeSpan.FromHours(2));
        var second = await client.EnqueueAsync([], _byInput with { Delay = "5h" });
        var third = await client.EnqueueAsync([], _byInput with { OnDuplicate = OnDuplicate.Replace });

        Assert.Equal([JobStatus.Pending, JobStatus.Cancelled, JobStatus.Pending], [(await first.GetStatusAsync()).Status, (await second.GetStatusAsync()).Status, (await third.GetStatusAsync()).Status]);
    }

    [Fact]
    public async Task A_key_beside_it_is_refused()
    {
        await using var host = Build();

        var refusal = await Assert.ThrowsAsync<JobException>(async () => await host.Client<Dictionary<string, int>>("job").EnqueueAsync([], _byInput with { IdempotencyKey = "k" }));
        Assert.Equal(JobErrorCodes.InvalidOption, refusal.Code);
    }

    private static TestHost Build(TimeProvider? time = null) => TestHost.Build(
        [new TestAssembly().Add<Dictionary<string, int>>("job", static (_, _, _) => Task.CompletedTask).Add<Dictionary<string, int>>("other", static (_, _, _) => Task.CompletedTask)],
        jobs => jobs.ClientOnly(),
        time: time);
}
