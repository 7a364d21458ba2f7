namespace Jobs.EntityFramework.Tests.PostgreSql;

public sealed class PostgreSqlCompletionTests(ServerFixture server) : CompletionTests
{
    protected override async Task<ShopDatabase> CreateDatabaseAsync() => new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
}
