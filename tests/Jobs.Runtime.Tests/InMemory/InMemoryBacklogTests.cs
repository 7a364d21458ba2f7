using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryBacklogTests : BacklogTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
