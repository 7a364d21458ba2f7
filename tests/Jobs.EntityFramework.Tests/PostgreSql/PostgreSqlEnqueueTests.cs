namespace Jobs.EntityFramework.Tests.PostgreSql;

public sealed class PostgreSqlEnqueueTests(ServerFixture server) : EnqueueTests
{
    protected override async Task<ShopDatabase> CreateDatabaseAsync() => new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
}
