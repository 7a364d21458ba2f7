using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryProgressTests : ProgressTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
