using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryIdempotencyTests : IdempotencyTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
