using Jobs.EntityFramework.Tests.Shop;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jobs.EntityFramework.Tests;

/// <summary>The application: a context, a worker and the typed client on one database.</summary>
internal sealed class ShopHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ShopHost(IHost host) => _host = host;

    public JobClient Client => _host.Services.GetRequiredService<JobClient>();

    public IJobManager Manager => _host.Services.GetRequiredService<IJobManager>();

    public PaymentScript Script => _host.Services.GetRequiredService<PaymentScript>();

    public FailingCommits Commits => _host.Services.GetRequiredService<FailingCommits>();

    /// <param name="database">Where everything is.</param>
    /// <param name="retries">Whether the context's execution strategy retries.</param>
    /// <param name="configure">Changes the set-up of the jobs.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<ShopHost> StartAsync(ShopDatabase database, bool retries = false, Action<JobsBuilder>? configure = null, CancellationToken cancellationToken = default)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<PaymentScript>();
        builder.Services.AddSingleton<FailingCommits>();
        builder.Services.AddDbContextFactory<ShopContext>((services, options) =>
        {
            database.StoreEntities(options, retries);
            options.AddInterceptors(services.GetRequiredService<FailingCommits>());
        });
        builder.Services.AddJobs(jobs =>
        {
            database.StoreJobs(jobs);
            configure?.Invoke(jobs);
        });
        var host = builder.Build();

        // Before the jobs' tables: the context makes its own only in a database that has none.
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<ShopContext>>().CreateDbContextAsync(cancellationToken))
            await db.Database.EnsureCreatedAsync(cancellationToken);

        await host.StartAsync(cancellationToken);
        return new ShopHost(host);
    }

    public ShopContext Connect() => _host.Services.GetRequiredService<IDbContextFactory<ShopContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
