using Jobs.Storage;

namespace Jobs.Http.Wire;

/// <summary>What one round of maintenance did.</summary>
internal sealed record MaintenanceBody(int TakenOver, int Stalled, int Orphaned, int Removed, bool IsDone)
{
    public static MaintenanceBody From(MaintenanceReport report) => new(report.TakenOver, report.Stalled, report.Orphaned, report.Removed, report.IsDone);

    public MaintenanceReport ToReport() => new(TakenOver, Stalled, Orphaned, Removed, IsDone);
}
