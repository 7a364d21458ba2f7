namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>Nothing happens.</summary>
internal sealed class Steady() : Stress("steady", "steady")
{
    public override Task BeginAsync(Stage stage) => Task.CompletedTask;

    public override Task EndAsync(Stage stage) => Task.CompletedTask;
}
