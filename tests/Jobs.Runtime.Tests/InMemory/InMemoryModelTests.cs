using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryModelTests : ModelTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
