using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryFencingTests : FencingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
