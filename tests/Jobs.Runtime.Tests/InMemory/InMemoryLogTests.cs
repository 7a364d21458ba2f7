using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryLogTests : LogTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
