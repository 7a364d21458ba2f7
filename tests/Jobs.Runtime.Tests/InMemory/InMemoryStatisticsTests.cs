using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryStatisticsTests : StatisticsTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
