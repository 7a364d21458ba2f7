namespace Jobs.LongHorizon.Driving;

/// <summary>The parts of a scenario.</summary>
internal enum Phase
{
    WarmUp,
    Clean,
    Stress,
    Recovery,
}
