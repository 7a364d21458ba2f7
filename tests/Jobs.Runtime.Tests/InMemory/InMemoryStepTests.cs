using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryStepTests : StepTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
