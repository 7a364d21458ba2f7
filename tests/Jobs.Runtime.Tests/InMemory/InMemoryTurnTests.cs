using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryTurnTests : TurnTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
