using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteClaimingTests : ClaimingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
