using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteScheduleTests : ScheduleTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
