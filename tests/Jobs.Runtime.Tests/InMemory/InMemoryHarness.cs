using Jobs.InMemory;
using Jobs.Storage;
using Jobs.Storage.Conformance;
using Jobs.Testing;

namespace Jobs.Runtime.Tests.InMemory;

internal sealed class InMemoryHarness : StorageHarness
{
    private readonly ManualTimeProvider _time = new();
    private InMemoryStorage? _storage;

    public override bool CanSimulateOutage => true;

    public override ValueTask<IJobStorage> CreateAsync(CancellationToken cancellationToken)
    {
        _storage = new InMemoryStorage(_time, MaxFinished is { } max ? new InMemoryOptions { MaxFinished = max } : new InMemoryOptions());
        return ValueTask.FromResult<IJobStorage>(_storage);
    }

    public override ValueTask AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<DateTimeOffset> GetNowAsync() => ValueTask.FromResult(_time.GetUtcNow());

    public override ValueTask SimulateOutageAsync(TimeSpan duration) => AdvanceAsync(duration);

    public override ValueTask<IReadOnlyList<string>> FindInvariantViolationsAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_storage!.FindInvariantViolations());
}
