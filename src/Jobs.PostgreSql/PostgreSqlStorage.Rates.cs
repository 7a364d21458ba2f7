namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public async ValueTask<int> RefillAsync(string limitId, string? key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(limitId);
        var refilled = await ScalarAsync<int>($"SELECT {_schema}.refill($1,$2)", cancellationToken, Parameter(limitId), Parameter(key)).ConfigureAwait(false);
        if (refilled > 0)
            SignalReady();

        return refilled;
    }
}
