using Jobs.Storage;
using Jobs.Storage.Conformance;
using Jobs.Testing;

namespace Storage.Author;

/// <summary>The suite takes any storage; how one is made is the author's.</summary>
public sealed class MyHarness(Func<TimeProvider, IJobStorage> create) : StorageHarness
{
    private readonly ManualTimeProvider _time = new();

    public override ValueTask<IJobStorage> CreateAsync(CancellationToken cancellationToken) => new(create(_time));

    public override ValueTask AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<DateTimeOffset> GetNowAsync() => new(_time.GetUtcNow());

    public override ValueTask<IReadOnlyList<string>> FindInvariantViolationsAsync(CancellationToken cancellationToken) => new([]);
}

public sealed class MyClaimingTests(Func<TimeProvider, IJobStorage> create) : ClaimingTests
{
    protected override StorageHarness CreateHarness() => new MyHarness(create);
}
