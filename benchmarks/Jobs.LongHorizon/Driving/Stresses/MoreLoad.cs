namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>Half as much again is enqueued.</summary>
internal sealed class MoreLoad() : Stress("load", "1.5 times the load")
{
    public override Task BeginAsync(Stage stage)
    {
        stage.Runner.Ask(stage.Rate * 1.5);
        return Task.CompletedTask;
    }

    public override Task EndAsync(Stage stage)
    {
        stage.Runner.Ask(stage.Rate);
        return Task.CompletedTask;
    }
}
