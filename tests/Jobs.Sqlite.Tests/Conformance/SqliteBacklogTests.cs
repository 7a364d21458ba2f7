using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteBacklogTests : BacklogTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
