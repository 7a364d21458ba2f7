using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryEventTests : EventTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
