using Microsoft.EntityFrameworkCore;

namespace Jobs.EntityFramework.Tests.Sqlite;

/// <summary>One file for the context and the jobs.</summary>
internal sealed class SqliteShopDatabase : ShopDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobs-ef-");

    public string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "shop.db")};Pooling=False";

    public override void StoreJobs(JobsBuilder builder) => builder.UseSqlite(ConnectionString);

    public override void StoreEntities(DbContextOptionsBuilder options, bool retries) =>
        options.UseSqlite(ConnectionString, sqlite =>
        {
            if (retries)
                sqlite.ExecutionStrategy(static dependencies => new SqliteRetries(dependencies));
        });

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
