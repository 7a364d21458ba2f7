namespace Jobs.AspNetCore.Tests;

/// <summary>A client and all that belongs to it, wherever the jobs are.</summary>
/// <param name="Services">The client's application.</param>
/// <param name="Service">The application that has the jobs.</param>
internal sealed record Subject(IServiceProvider Services, TestService Service) : IAsyncDisposable
{
    public JobClient Jobs => Services.GetRequiredService<JobClient>();

    public IJobManager Manager => Services.GetRequiredService<IJobManager>();

    public IJobSchedules Schedules => Services.GetRequiredService<IJobSchedules>();

    public IJobEvents Events => Services.GetRequiredService<IJobEvents>();

    public async ValueTask DisposeAsync()
    {
        if (Services is ServiceProvider own && !ReferenceEquals(own, Service.Services))
        {
            await own.DisposeAsync();
        }

        await Service.DisposeAsync();
    }
}
