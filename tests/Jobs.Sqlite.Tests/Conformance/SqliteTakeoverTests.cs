using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteTakeoverTests : TakeoverTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
