using Microsoft.EntityFrameworkCore;

namespace Jobs.EntityFramework.Tests;

/// <summary>A database that holds the application's tables and its jobs.</summary>
public abstract class ShopDatabase : IAsyncDisposable
{
    public abstract void StoreJobs(JobsBuilder builder);

    /// <param name="options">The context's options.</param>
    /// <param name="retries">Whether the context's execution strategy retries.</param>
    public abstract void StoreEntities(DbContextOptionsBuilder options, bool retries);

    public abstract ValueTask DisposeAsync();
}
