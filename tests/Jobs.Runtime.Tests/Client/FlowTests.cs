using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Client;

/// <summary>Jobs that are enqueued together, and those that wait for whatever has some tags.</summary>
public sealed class FlowTests
{
    private readonly List<string> _ran = [];

    [Fact]
    public async Task A_parent_runs_after_its_children_and_reaches_their_results()
    {
        await using var host = await TestHost.StartAsync(Jobs());
        var flow = host.Manager.CreateFlow();
        var square = host.Client<int, int>("square");
        var children = Enumerable.Range(1, 4).Select(i => flow.Add(square, i)).ToList();
        var parent = flow.Add(host.Client<List<string>, int>("sum"), children.ConvertAll(child => child.Id.ToString()), new EnqueueOptions { DependsOn = [.. children.Select(child => child.Id)] });
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await parent.GetStatusAsync());

        await flow.EnqueueAsync();

        Assert.Equal(1 + 4 + 9 + 16, await parent.WaitForResultAsync().SoonAsync());
        Assert.Equal(16, await children[3].WaitForResultAsync().SoonAsync());
    }

    [Fact]
    public async Task A_child_that_fails_takes_its_parent_along()
    {
        await using var host = await TestHost.StartAsync(Jobs());
        var flow = host.Manager.CreateFlow();
        var child = flow.Add(host.Client("break"));
        var parent = flow.Add(host.Client<string>("note"), "parent", new EnqueueOptions { DependsOn = [child.Id] });
        await flow.EnqueueAsync();

        Assert.Equal(FailureReason.DependencyFailed, (await parent.EndAsync()).FailureReason);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task One_message_goes_to_several_jobs_or_to_none()
    {
        await using var host = TestHost.Build([Jobs()]);
        var flow = host.Manager.CreateFlow();
        flow.Add(host.Client<string>("note"), "order 7");
        flow.Add(host.Client<int, int>("square"), 7, new EnqueueOptions { DependsOn = [JobId.New()] });

        await Assert.ThrowsAsync<JobNotFoundException>(async () => await flow.EnqueueAsync());
        Assert.Equal(0, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task The_same_flow_again_under_chosen_ids_meets_the_first()
    {
        await using var host = TestHost.Build([Jobs()]);
        for (var i = 0; i < 2; i++)
        {
            var flow = host.Manager.CreateFlow();
            var child = flow.Add(host.Client<int, int>("square"), 1, new EnqueueOptions { Id = JobId.From("import 7, page 1") });
            flow.Add(host.Client<string>("note"), "done", new EnqueueOptions { Id = JobId.From("import 7"), DependsOn = [child.Id] });
            await flow.EnqueueAsync();
        }

        Assert.Equal(2, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task What_cannot_be_part_of_a_flow_is_refused()
    {
        await using var host = TestHost.Build([Jobs()]);
        await using var other = TestHost.Build([Jobs()]);
        var flow = host.Manager.CreateFlow();

        foreach (var options in new EnqueueOptions[] { new() { IdempotencyKey = "k" }, new() { IdempotentByInput = true }, new() { DependsOnTags = ["a"] }, new() { MaxAttempts = 0 } })
        {
            Assert.Equal(JobErrorCodes.InvalidOption, Assert.Throws<JobException>(() => flow.Add(host.Client<string>("note"), "x", options)).Code);
        }

        Assert.Equal(JobErrorCodes.NotSupported, Assert.Throws<JobException>(() => flow.Add(other.Client<string>("note"), "x")).Code);
        await flow.EnqueueAsync();
        flow.Add(host.Client<string>("note"), "x");
        await flow.EnqueueAsync();
        Assert.Throws<InvalidOperationException>(() => flow.Add(host.Client<string>("note"), "y"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await flow.EnqueueAsync());
        Assert.Equal(1, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task A_job_waits_for_all_unfinished_jobs_with_its_tags_and_for_no_later_one()
    {
        await using var host = TestHost.Build([Jobs()], jobs => jobs.ClientOnly());
        var note = host.Client<string>("note");
        var tagged = new EnqueueOptions { Tags = ["import", "red"] };
        await note.EnqueueAsync("ended", tagged);
        await RunAsync(host);
        var due = await note.EnqueueAsync("due", tagged);
        await note.EnqueueAsync("blue", new EnqueueOptions { Tags = ["import"], Delay = "1h" });
        var delayed = await note.EnqueueAsync("delayed", tagged with { Delay = "1h" });
        var last = await note.EnqueueAsync("last", new EnqueueOptions { DependsOnTags = ["red", "import"], Tags = ["import", "red"] });
        await note.EnqueueAsync("later", tagged with { Delay = "2h" });

        await RunAsync(host);
        Assert.Equal(["ended", "due"], _ran);
        Assert.Equal(JobStatus.Waiting, (await last.GetStatusAsync()).Status);
        Assert.True(await host.Manager.PromoteAsync(delayed.Id));
        await RunAsync(host);
        Assert.Equal(["ended", "due", "delayed", "last"], _ran);
        Assert.Equal(JobStatus.Completed, (await due.GetStatusAsync()).Status);
    }

    [Fact]
    public async Task Nothing_with_the_tags_is_nothing_to_wait_for()
    {
        await using var host = TestHost.Build([Jobs()], jobs => jobs.ClientOnly());
        var handles = await host.Client<string>("note").EnqueueManyAsync(["a", "b"], new EnqueueOptions { DependsOnTags = ["red"], Tags = ["red"] });
        await RunAsync(host);

        Assert.Equal(["a", "b"], _ran);
        Assert.Equal(2, handles.Count);
    }

    [Fact]
    public async Task A_job_with_the_tags_whose_record_goes_between_the_look_and_the_store_is_no_longer_waited_for()
    {
        await using var host = TestHost.Build([Jobs()], jobs => jobs.ClientOnly());
        var note = host.Client<string>("note");
        var gone = await note.EnqueueAsync("gone", new EnqueueOptions { Tags = ["red"], RetainFailed = "0s" });
        host.Storage.Before = async call =>
        {
            if (call == "InsertAsync")
            {
                host.Storage.Before = null;
                Assert.True(await gone.CancelAsync());
            }
        };
        await note.EnqueueAsync("last", new EnqueueOptions { DependsOnTags = ["red"] });
        await RunAsync(host);

        Assert.Equal(["last"], _ran);
    }

    [Fact]
    public async Task Tags_of_too_many_jobs_are_refused()
    {
        await using var host = TestHost.Build([Jobs()], jobs => jobs.ClientOnly());
        var note = host.Client<string>("note");
        await note.EnqueueManyAsync(Enumerable.Repeat("x", 10_001), new EnqueueOptions { Tags = ["red"] });

        var refusal = await Assert.ThrowsAsync<JobException>(async () => await note.EnqueueAsync("last", new EnqueueOptions { DependsOnTags = ["red"] }));
        Assert.Equal(JobErrorCodes.InvalidOption, refusal.Code);
    }

    private static async Task RunAsync(TestHost host) => await host.Services.GetRequiredService<IJobRunner>().RunDueAsync().AsTask().SoonAsync();

    private TestAssembly Jobs() => new TestAssembly()
        .Add<int, int>("square", static (input, _, _) => new ValueTask<int>(input * input))
        .Add<List<string>, int>("sum", static async (children, context, token) =>
        {
            var square = context.Services.GetRequiredKeyedService<IJobClient<int, int>>("square");
            var sum = 0;
            foreach (var child in children)
            {
                sum += (await (await square.GetAsync(JobId.Parse(child, null), token))!.GetStatusAsync(token)).Result;
            }

            return sum;
        })
        .Add<string>("note", (text, _, _) =>
        {
            _ran.Add(text);
            return Task.CompletedTask;
        })
        .Add("break", static (_, _) => throw new FormatException("No."), new JobDefaults { MaxAttempts = 1 });
}
