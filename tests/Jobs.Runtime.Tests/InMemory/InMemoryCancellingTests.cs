using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryCancellingTests : CancellingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
