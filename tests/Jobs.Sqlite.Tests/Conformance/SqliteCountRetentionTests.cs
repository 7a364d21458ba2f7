using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteCountRetentionTests : CountRetentionTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
