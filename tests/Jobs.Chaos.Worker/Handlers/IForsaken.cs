namespace Jobs.Chaos.Handlers;

/// <summary>A job whose handler no program has.</summary>
[Job("forsaken")]
internal interface IForsaken : IJobContract<Work>;
