using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryInsertingTests : InsertingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
