using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteTurnTests : TurnTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
