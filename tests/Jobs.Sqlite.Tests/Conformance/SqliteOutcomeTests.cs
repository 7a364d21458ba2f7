using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteOutcomeTests : OutcomeTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
