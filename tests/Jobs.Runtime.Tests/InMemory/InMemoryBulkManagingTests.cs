using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryBulkManagingTests : BulkManagingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
