using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteStatisticsTests : StatisticsTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
