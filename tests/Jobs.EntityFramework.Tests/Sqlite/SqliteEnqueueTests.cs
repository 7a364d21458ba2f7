namespace Jobs.EntityFramework.Tests.Sqlite;

public sealed class SqliteEnqueueTests : EnqueueTests
{
    protected override Task<ShopDatabase> CreateDatabaseAsync() => Task.FromResult<ShopDatabase>(new SqliteShopDatabase());
}
