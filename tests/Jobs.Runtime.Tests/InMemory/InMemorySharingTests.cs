using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemorySharingTests : SharingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
