namespace Jobs.Storage;

/// <summary>What one round of maintenance did.</summary>
/// <param name="TakenOver">Jobs given back because their worker died.</param>
/// <param name="Stalled">Jobs failed because their workers died too often.</param>
/// <param name="Orphaned">Jobs failed because no live worker knows their name.</param>
/// <param name="Removed">Records removed because their time was up.</param>
/// <param name="IsDone">Whether there was nothing left to do; otherwise call again soon.</param>
public readonly record struct MaintenanceReport(int TakenOver, int Stalled, int Orphaned, int Removed, bool IsDone);
