using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteSharingTests : SharingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
