using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryTransactionTests : TransactionTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
