using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Jobs.EntityFramework.Tests.PostgreSql;

/// <summary>One data source for the context and the jobs.</summary>
internal sealed class PostgreSqlShopDatabase(string connectionString) : ShopDatabase
{
    public NpgsqlDataSource DataSource { get; } = NpgsqlDataSource.Create(connectionString);

    public override void StoreJobs(JobsBuilder builder) => builder.UsePostgreSql(_ => DataSource);

    public override void StoreEntities(DbContextOptionsBuilder options, bool retries) =>
        options.UseNpgsql(DataSource, npgsql =>
        {
            if (retries)
                npgsql.EnableRetryOnFailure();
        });

    public override ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
