using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteWorkerTests : WorkerTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
