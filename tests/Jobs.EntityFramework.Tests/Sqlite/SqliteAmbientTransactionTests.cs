namespace Jobs.EntityFramework.Tests.Sqlite;

public sealed class SqliteAmbientTransactionTests : AmbientTransactionTests
{
    protected override Task<ShopDatabase> CreateDatabaseAsync() => Task.FromResult<ShopDatabase>(new SqliteShopDatabase());
}
