namespace Jobs.HttpBenchmarks.Serving;

/// <summary>One of the services that are compared, each in a process of its own.</summary>
internal static class Service
{
    public static async Task RunAsync(string kind, string connection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Action<WebApplication> map = kind switch
        {
            "jobs-postgres" => AddJobs(builder, jobs => jobs.UsePostgreSql(connection)),
            "jobs-sqlite" => AddJobs(builder, jobs => jobs.UseSqlite(connection)),
            "bare-postgres" => await BarePostgreSql.AddAsync(builder, connection),
            "bare-sqlite" => BareSqlite.Add(builder, connection),
            _ => throw new ArgumentException($"There is no service '{kind}'.", nameof(kind)),
        };
        await using var app = builder.Build();
        map(app);
        await app.StartAsync();

        // The driver reads the address, and ends the process by closing its input.
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static Action<WebApplication> AddJobs(WebApplicationBuilder builder, Action<JobsBuilder> useStorage)
    {
        builder.Services.AddJobs(jobs =>
        {
            jobs.ClientOnly();
            useStorage(jobs);
        });
        return static app => app.MapJobs("/jobs", static api => api.AllowAnonymous());
    }
}
