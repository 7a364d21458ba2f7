using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqlitePausingTests : PausingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
