using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteConcurrencyKeyTests : ConcurrencyKeyTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
