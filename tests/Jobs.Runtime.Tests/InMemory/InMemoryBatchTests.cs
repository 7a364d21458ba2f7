using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryBatchTests : BatchTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
