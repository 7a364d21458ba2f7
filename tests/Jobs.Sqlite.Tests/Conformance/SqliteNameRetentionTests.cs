using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteNameRetentionTests : NameRetentionTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
