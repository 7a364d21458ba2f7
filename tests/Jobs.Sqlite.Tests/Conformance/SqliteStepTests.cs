using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteStepTests : StepTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
