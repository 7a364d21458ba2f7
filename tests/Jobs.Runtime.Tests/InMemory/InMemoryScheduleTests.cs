using Jobs.Storage.Conformance;

namespace Jobs.Runtime.Tests.InMemory;

public sealed class InMemoryScheduleTests : ScheduleTests
{
    protected override StorageHarness CreateHarness() => new InMemoryHarness();
}
