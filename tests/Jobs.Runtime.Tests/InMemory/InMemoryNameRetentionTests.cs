using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryNameRetentionTests : NameRetentionTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
