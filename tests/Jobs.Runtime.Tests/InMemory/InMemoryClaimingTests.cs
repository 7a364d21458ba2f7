using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryClaimingTests : ClaimingTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
