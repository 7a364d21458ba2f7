namespace Jobs.EntityFramework.Tests.Sqlite;

public sealed class SqliteCompletionTests : CompletionTests
{
    protected override Task<ShopDatabase> CreateDatabaseAsync() => Task.FromResult<ShopDatabase>(new SqliteShopDatabase());
}
