using Jobs.Storage;
using Jobs.TestServers;
using Xunit;

namespace Jobs.Sqlite.Tests;

/// <summary>A disk that is full, and one that cannot be written. Mounting a small one takes root.</summary>
public sealed class BadDiskTests : SqliteFile
{
    private const int Payload = 64 * 1024;

    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_and_everything_goes_on_when_there_is_room()
    {
        await using var disk = await MountAsync();
        var storage = await OpenAsync(file: Path.Combine(disk.Path, "jobs.db"));
        var accepted = new List<JobId>();
        JobException? error = null;
        while (error is null)
        {
            Assert.True(accepted.Count < 1000, "The disk never became full.");
            try
            {
                accepted.Add((await storage.InsertAsync(BigJob(), null, Cancellation)).Id);
            }
            catch (JobException e)
            {
                error = e;
            }
        }

        Assert.Equal(JobErrorCodes.Storage, error.Code);
        Assert.Contains("no room", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JobException>(async () => await storage.InsertAsync(BigJob(), null, Cancellation));
        Assert.Equal(accepted.Count, await storage.CountAsync(new JobFilter(), Cancellation));

        await disk.ResizeAsync(64);
        accepted.Add((await storage.InsertAsync(BigJob(), null, Cancellation)).Id);

        var claimed = (await ExchangeAsync(storage, maxJobs: 2000)).Claimed;
        Assert.Equal(accepted, claimed.Select(job => job.Id));
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task A_disk_that_cannot_be_written_is_refused_at_the_start_and_serves_when_it_can()
    {
        await using var disk = await MountAsync();
        var file = Path.Combine(disk.Path, "jobs.db");
        var first = await OpenAsync(file: file);
        var id = (await first.InsertAsync(Job(), null, Cancellation)).Id;
        await first.DisposeAsync();
        await disk.SetReadOnlyAsync(true);

        var error = await Assert.ThrowsAsync<JobException>(() => OpenAsync(file: file));

        Assert.Equal(JobErrorCodes.Storage, error.Code);
        Assert.Contains("cannot be", error.Message, StringComparison.Ordinal);
        await disk.SetReadOnlyAsync(false);
        var second = await OpenAsync(file: file);
        Assert.NotNull(await second.GetAsync(id, JobParts.None, Cancellation));
        await second.DisposeAsync();
    }

    private static async Task<SmallFileSystem> MountAsync()
    {
        var disk = await SmallFileSystem.TryMountAsync(2);
        Assert.SkipWhen(disk is null, "Mounting a small disk takes root on Linux.");
        return disk;
    }

    private static JobRecord BigJob() => new() { Name = "work", Queue = "default", Payload = new byte[Payload], Policy = JobPolicy.Default };
}
