namespace Jobs.AspNetCore.Tests;

/// <summary>In another application, over HTTP.</summary>
public class RemoteClientTests : ClientTests
{
    internal override async Task<Subject> StartAsync(Action<JobsBuilder>? jobs = null)
    {
        var service = await TestService.StartAsync(jobs: jobs);
        return new Subject(RemoteApplication.Create(service), service);
    }
}
