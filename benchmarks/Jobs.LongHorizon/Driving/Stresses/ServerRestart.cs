namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>The server is stopped, and started at the end.</summary>
internal sealed class ServerRestart() : Stress("restart", "PostgreSQL stopped and started")
{
    public override bool NeedsOwnServer => true;

    public override Task BeginAsync(Stage stage) => stage.Server.StopAsync();

    public override Task EndAsync(Stage stage) => stage.Server.StartAgainAsync();
}
