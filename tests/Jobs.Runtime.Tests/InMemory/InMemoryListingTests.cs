using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryListingTests : ListingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
