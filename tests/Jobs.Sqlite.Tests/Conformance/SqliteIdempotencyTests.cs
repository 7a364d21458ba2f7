using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteIdempotencyTests : IdempotencyTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
