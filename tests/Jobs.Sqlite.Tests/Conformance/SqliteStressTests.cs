using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteStressTests : StressTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
