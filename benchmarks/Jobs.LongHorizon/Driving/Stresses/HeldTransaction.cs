using Npgsql;

namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>A transaction with an id stays open: nothing that dies meanwhile can be cleaned up.</summary>
internal sealed class HeldTransaction() : Stress("held", "a transaction held open")
{
    private NpgsqlConnection? _connection;

    public override async Task BeginAsync(Stage stage)
    {
        _connection = await ConnectAsync(stage);
        await using var command = new NpgsqlCommand("BEGIN; SELECT pg_current_xact_id()", _connection);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task EndAsync(Stage stage) => await _connection!.DisposeAsync();
}
