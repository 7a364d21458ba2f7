using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryOutcomeTests : OutcomeTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
