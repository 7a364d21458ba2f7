using Jobs.TestServers;

namespace Jobs.EntityFramework.Tests.PostgreSql;

public sealed class PostgreSqlCompletionTests(PostgreSqlFixture server) : CompletionTests
{
    protected override async Task<ShopDatabase> CreateDatabaseAsync() => new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
}
