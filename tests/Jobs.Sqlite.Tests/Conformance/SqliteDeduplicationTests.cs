using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteDeduplicationTests : DeduplicationTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
