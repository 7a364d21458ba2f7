using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryWorkerTests : WorkerTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
