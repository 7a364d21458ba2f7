using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteListingTests : ListingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
