using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryDeduplicationTests : DeduplicationTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
