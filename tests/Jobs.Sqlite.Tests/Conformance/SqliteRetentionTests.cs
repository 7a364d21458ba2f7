using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteRetentionTests : RetentionTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
