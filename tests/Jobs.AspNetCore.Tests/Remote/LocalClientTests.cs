namespace Jobs.AspNetCore.Tests;

/// <summary>In the application that has the jobs.</summary>
public class LocalClientTests : ClientTests
{
    internal override async Task<Subject> StartAsync(Action<JobsBuilder>? jobs = null)
    {
        var service = await TestService.StartAsync(jobs: jobs);
        return new Subject(service.Services, service);
    }
}
