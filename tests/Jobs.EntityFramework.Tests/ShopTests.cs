namespace Jobs.EntityFramework.Tests;

/// <summary>Tests of the application; each database derives them.</summary>
public abstract class ShopTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private ShopDatabase? _database;
    private ShopHost? _shop;

    /// <summary>So that a wait for what never comes fails the test in place of the run.</summary>
    protected CancellationToken Cancellation => _limit.Token;

    protected ShopDatabase Database => _database!;

    private protected ShopHost Shop => _shop!;

    public async ValueTask InitializeAsync()
    {
        _limit.CancelAfter(TimeSpan.FromMinutes(2));
        _database = await CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_shop is not null)
            await _shop.DisposeAsync();

        if (_database is not null)
            await _database.DisposeAsync();

        _limit.Dispose();
    }

    protected abstract Task<ShopDatabase> CreateDatabaseAsync();

    private protected async Task<ShopHost> StartAsync(bool retries = false, Action<JobsBuilder>? configure = null) =>
        _shop = await ShopHost.StartAsync(Database, retries, configure, Cancellation);
}
