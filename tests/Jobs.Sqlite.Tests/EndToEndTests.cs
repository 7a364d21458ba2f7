using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Jobs.Sqlite.Tests;

/// <summary>An application on a file: enqueued in one process, run in another, awaited in the first.</summary>
public sealed class EndToEndTests : SqliteFile
{
    [Fact]
    public async Task A_job_that_one_process_enqueued_runs_in_another_and_its_result_comes_back()
    {
        using var front = Start(jobs => jobs.ClientOnly());
        using var back = Start(static _ => { });
        await front.StartAsync(Cancellation);
        await back.StartAsync(Cancellation);

        var job = await front.Services.GetRequiredService<JobClient>().Square.EnqueueAsync(12, cancellationToken: Cancellation);

        Assert.Equal(144, await job.WaitForResultAsync(Cancellation));
        Assert.Equal(JobStatus.Completed, (await job.GetStatusAsync(Cancellation)).Status);
        await back.StopAsync(Cancellation);
        await front.StopAsync(Cancellation);
    }

    [Fact]
    public async Task What_was_enqueued_before_a_restart_runs_after_it()
    {
        JobId id;
        using (var before = Start(jobs => jobs.ClientOnly()))
        {
            await before.StartAsync(Cancellation);
            id = (await before.Services.GetRequiredService<JobClient>().Square.EnqueueAsync(5, cancellationToken: Cancellation)).Id;
            await before.StopAsync(Cancellation);
        }

        using var after = Start(static _ => { });
        await after.StartAsync(Cancellation);
        var job = await after.Services.GetRequiredService<JobClient>().Square.GetAsync(id, Cancellation);

        Assert.NotNull(job);
        Assert.Equal(25, await job.WaitForResultAsync(Cancellation));
        await after.StopAsync(Cancellation);
    }

    private IHost Start(Action<JobsBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddJobs(jobs =>
        {
            jobs.UseSqlite($"Data Source={FilePath}");
            configure(jobs);
        });
        return builder.Build();
    }
}
