using System.Diagnostics;

namespace Jobs.Benchmarks;

/// <summary>Counts jobs that ran, and tells when so many have.</summary>
public sealed class Arrivals
{
    /// <summary>The one of this benchmark process.</summary>
    public static Arrivals Current { get; } = new();

    private TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _expected = long.MaxValue;
    private long _remaining = long.MaxValue;

    /// <summary>The timestamp of the first of them.</summary>
    public long First { get; private set; }

    /// <summary>How many have run since <see cref="Expect"/>.</summary>
    public long Count => _expected - Volatile.Read(ref _remaining);

    /// <summary>Completes with the timestamp of the last of the next so many jobs.</summary>
    public Task<long> Expect(long count)
    {
        _done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected = count;
        Volatile.Write(ref _remaining, count);
        return _done.Task;
    }

    public void Signal(int count = 1)
    {
        var remaining = Interlocked.Add(ref _remaining, -count);
        if (remaining + count == _expected)
            First = Stopwatch.GetTimestamp();

        if (remaining <= 0 && remaining + count > 0)
        {
            _done.TrySetResult(Stopwatch.GetTimestamp());
        }
    }
}
