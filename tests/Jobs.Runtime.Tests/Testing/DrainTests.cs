using Jobs.Metadata;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Testing;

/// <summary>What tests of applications are written with.</summary>
public sealed class DrainTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Draining_runs_delayed_jobs_retries_and_dependants_to_their_end()
    {
        await using var host = Build();
        var note = host.Client<string>("note");
        var start = _clock.GetUtcNow();
        var delayed = await note.EnqueueAsync("delayed", new EnqueueOptions { Delay = "2h" });
        var dependant = await note.EnqueueAsync("dependant", new EnqueueOptions { DependsOn = [delayed.Id] });
        var failing = await host.Client("fail").EnqueueAsync();

        Assert.Equal(5, await host.Services.DrainJobsAsync().SoonAsync());
        Assert.Equal(["delayed", "dependant"], _ran);
        Assert.Equal((JobStatus.Failed, 3), await StateAsync(failing));
        Assert.Equal((JobStatus.Completed, 1), await StateAsync(dependant));
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.FromHours(2), TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task What_is_due_later_than_the_clock_may_be_moved_stays()
    {
        await using var host = Build();
        var late = await host.Client<string>("note").EnqueueAsync("late", new EnqueueOptions { Delay = "2d" });

        Assert.Equal(0, await host.Services.DrainJobsAsync(TimeSpan.FromDays(1)).SoonAsync());
        Assert.Equal(JobStatus.Pending, (await late.GetStatusAsync()).Status);
        Assert.Equal(1, await host.Services.DrainJobsAsync(TimeSpan.FromDays(3)).SoonAsync());
    }

    [Fact]
    public async Task Inputs_come_back_with_their_type_in_the_order_of_the_calls()
    {
        await using var host = Build();
        var note = host.Client<string>("note");
        await note.EnqueueManyAsync(["a", "b", "c"]);
        await host.Services.DrainJobsAsync().SoonAsync();
        await note.EnqueueAsync("d");
        await host.Client<int, int>("square").EnqueueAsync(7);

        Assert.Equal(["a", "b", "c", "d"], await host.Manager.InputsOfAsync(note));
        Assert.Equal(["d"], await host.Manager.InputsOfAsync(note, new JobFilter { Status = JobStatus.Pending }));
        Assert.Equal([7], await host.Manager.InputsOfAsync(host.Client<int, int>("square")));
    }

    [Fact]
    public async Task A_clock_that_runs_by_itself_is_refused()
    {
        await using var host = TestHost.Build([new TestAssembly()]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.DrainJobsAsync());
    }

    private static async Task<(JobStatus Status, int Attempt)> StateAsync(JobHandle handle) => await handle.GetStatusAsync() is var job ? (job.Status, job.Attempt) : default;

    private TestHost Build() => TestHost.Build(
        [
            new TestAssembly()
                .Add<string>("note", (text, _, _) =>
                {
                    _ran.Add(text);
                    return Task.CompletedTask;
                })
                .Add<int, int>("square", static (input, _, _) => new ValueTask<int>(input * input))
                .Add("fail", static (_, _) => throw new FormatException("No."), new JobDefaults { MaxAttempts = 3, BackoffDelay = "10m", Jitter = 0 }),
        ],
        jobs => jobs.ClientOnly(),
        time: _clock);
}
