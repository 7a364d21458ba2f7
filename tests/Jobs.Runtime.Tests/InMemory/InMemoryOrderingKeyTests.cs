using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryOrderingKeyTests : OrderingKeyTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
