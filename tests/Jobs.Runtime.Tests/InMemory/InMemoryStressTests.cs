using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryStressTests : StressTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
