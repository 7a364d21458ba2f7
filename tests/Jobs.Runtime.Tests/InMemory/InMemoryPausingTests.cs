using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryPausingTests : PausingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
