using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteCancellingTests : CancellingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
