using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryManagingTests : ManagingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
