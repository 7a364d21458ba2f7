using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Maintenance;

/// <summary>How many finished records of a job are kept, from its attribute or its options to its storage.</summary>
public sealed class RetainedCountTests
{
    [Theory]
    [InlineData(5, null, 5)]
    [InlineData(null, 2, 2)]
    [InlineData(5, 2, 2)]
    [InlineData(1, 4, 4)]
    public async Task The_newest_records_of_a_job_stay_and_those_of_others_too(int? attribute, int? option, int kept)
    {
        await using var host = await TestHost.StartAsync(
            new TestAssembly()
                .Add(TestJob.Of<int, int>("counted", static (input, _, _) => new(input), new JobDefaults { RetainCompletedCount = attribute }))
                .Add(TestJob.Of<int, int>("free", static (input, _, _) => new(input))),
            jobs => jobs.Job("counted", job => job.RetainCompletedCount = option));
        var handles = new List<JobHandle<int>>();
        for (var i = 0; i < 8; i++)
        {
            handles.Add(await host.Client<int, int>("counted").EnqueueAsync(i));
            await handles[^1].WaitForResultAsync().WaitAsync(TestHost.Limit);
            await (await host.Client<int, int>("free").EnqueueAsync(i)).WaitForResultAsync().WaitAsync(TestHost.Limit);
        }

        var manager = host.Services.GetRequiredService<IJobManager>();
        await manager.MaintainAsync();

        var counted = await manager.ListAsync(new JobFilter { Name = "counted" });
        Assert.Equal(handles.Select(handle => handle.Id).Reverse().Take(kept), counted.Jobs.Select(job => job.Id));
        Assert.Equal(8, await manager.CountAsync(new JobFilter { Name = "free" }));
    }
}
