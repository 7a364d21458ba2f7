using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteDeadLetterTests : DeadLetterTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
