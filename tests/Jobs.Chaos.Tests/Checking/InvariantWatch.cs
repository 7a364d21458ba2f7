using System.Data.Common;
using Jobs.Chaos.Tests.Databases;
using Xunit;

namespace Jobs.Chaos.Tests.Checking;

/// <summary>Looks at the invariants again and again while everything is being broken.</summary>
internal sealed class InvariantWatch(ChaosDatabase database) : IAsyncDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private Task? _watching;

    public int Looks { get; private set; }

    public void Start() => _watching ??= Task.Run(WatchAsync);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        if (_watching is not null)
            await _watching;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_watching is not null)
            await ((Task)_watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Assert.Empty(await database.FindViolationsAsync());
                Looks++;
            }
            catch (DbException exception) when (database.IsAway(exception))
            {
                // The database is away: part of the plan.
            }

            await Task.Delay(_interval, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
