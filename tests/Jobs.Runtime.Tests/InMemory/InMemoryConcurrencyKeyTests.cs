using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryConcurrencyKeyTests : ConcurrencyKeyTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
