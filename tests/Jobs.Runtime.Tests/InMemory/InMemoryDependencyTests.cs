using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryDependencyTests : DependencyTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
