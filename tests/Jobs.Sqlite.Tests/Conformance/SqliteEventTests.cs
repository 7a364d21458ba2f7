using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteEventTests : EventTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
