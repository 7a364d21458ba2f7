namespace Jobs.EntityFramework.Tests.PostgreSql;

public sealed class PostgreSqlAmbientTransactionTests(ServerFixture server) : AmbientTransactionTests
{
    protected override async Task<ShopDatabase> CreateDatabaseAsync() => new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
}
