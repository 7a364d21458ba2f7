using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryRetentionTests : RetentionTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
