using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteCallbackTests : CallbackTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
