using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryTakeoverTests : TakeoverTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
