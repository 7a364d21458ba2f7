using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteTransactionTests : TransactionTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
