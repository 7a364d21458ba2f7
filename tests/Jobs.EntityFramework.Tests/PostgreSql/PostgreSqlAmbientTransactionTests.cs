using Jobs.TestServers;

namespace Jobs.EntityFramework.Tests.PostgreSql;

public sealed class PostgreSqlAmbientTransactionTests(PostgreSqlFixture server) : AmbientTransactionTests
{
    protected override async Task<ShopDatabase> CreateDatabaseAsync() => new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
}
