using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteProgressTests : ProgressTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
