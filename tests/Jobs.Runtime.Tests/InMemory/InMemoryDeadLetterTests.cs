using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryDeadLetterTests : DeadLetterTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
