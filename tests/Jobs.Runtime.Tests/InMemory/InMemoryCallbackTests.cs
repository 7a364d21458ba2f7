using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryCallbackTests : CallbackTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
