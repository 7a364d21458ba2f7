using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteDependencyTests : DependencyTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
