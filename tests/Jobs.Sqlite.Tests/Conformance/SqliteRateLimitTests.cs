using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteRateLimitTests : RateLimitTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
