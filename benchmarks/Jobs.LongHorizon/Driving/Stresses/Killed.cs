namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>SIGKILL in the middle of the work; the process is started again at the end, and finds what it held when its lease has run out.</summary>
internal sealed class Killed() : Stress("kill", "SIGKILL and restart")
{
    public override Task BeginAsync(Stage stage) => stage.Runner.KillAsync();

    public override Task EndAsync(Stage stage) => stage.Runner.StartAsync();
}
