using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryCountRetentionTests : CountRetentionTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
