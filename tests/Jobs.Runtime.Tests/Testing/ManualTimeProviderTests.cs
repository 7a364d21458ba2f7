using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<(string Timer, TimeSpan At)> _fired = [];

    [Fact]
    public void The_clock_stands_until_it_is_moved()
    {
        Assert.Equal(ManualTimeProvider.DefaultStart, _time.GetUtcNow());
        var timestamp = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ManualTimeProvider.DefaultStart.AddSeconds(5), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(5), _time.GetElapsedTime(timestamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_at_their_due_times()
    {
        Start("late", 3);
        Start("early", 1);
        Start("never", 10);
        Start("repeated", 1, period: 2);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("early", 1), ("repeated", 1), ("late", 3), ("repeated", 3), ("repeated", 5)], _fired.Select(f => (f.Timer, (int)f.At.TotalSeconds)));
    }

    [Fact]
    public void A_timer_that_is_due_at_once_waits_for_the_next_move()
    {
        Start("now", 0);
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.Zero);
        Assert.Single(_fired);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Single(_fired);
    }

    [Fact]
    public void Changed_and_disposed_timers_keep_to_it()
    {
        var changed = Start("changed", 1);
        var stopped = Start("stopped", 1);
        var disposed = Start("disposed", 1);
        Assert.True(changed.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan));
        Assert.True(stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        disposed.Dispose();
        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("changed", TimeSpan.FromSeconds(4))], _fired);
    }

    [Fact]
    public void A_callback_may_start_timers_that_fire_in_the_same_move()
    {
        using var timer = _time.CreateTimer(_ => Start("inner", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([("inner", TimeSpan.FromSeconds(2))], _fired);
    }

    [Fact]
    public async Task Delays_and_timeouts_of_the_framework_follow_it()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time, TestContext.Current.CancellationToken);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2), _time);
        _time.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.False(timeout.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(timeout.IsCancellationRequested);
    }

    private ITimer Start(string name, int dueSeconds, int period = 0) => _time.CreateTimer(
        _ => _fired.Add((name, _time.GetUtcNow() - ManualTimeProvider.DefaultStart)),
        null,
        TimeSpan.FromSeconds(dueSeconds),
        period == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));
}
