using Jobs.TestServers;

namespace Jobs.EntityFramework.Tests.PostgreSql;

public sealed class PostgreSqlEnqueueTests(PostgreSqlFixture server) : EnqueueTests
{
    protected override async Task<ShopDatabase> CreateDatabaseAsync() => new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
}
