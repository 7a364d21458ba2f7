using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryRateLimitTests : RateLimitTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
