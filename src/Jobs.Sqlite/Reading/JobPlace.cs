using System.Globalization;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>A table that holds jobs in a state.</summary>
/// <param name="All">The statement that gives the numbers of all jobs in it.</param>
/// <param name="OfJob">The statement that gives a row when the job <c>j</c> is in it.</param>
internal sealed record JobPlace(string All, string OfJob)
{
    private static readonly JobPlace _ready = new("SELECT job FROM jobs_ready", "SELECT 1 FROM jobs_ready x WHERE x.lane = j.lane AND x.rank = -j.priority AND x.job = j.job");
    private static readonly JobPlace _scheduled = In("jobs_scheduled");
    private static readonly JobPlace _retried = In("jobs_scheduled", "runs > 0");
    private static readonly JobPlace _gated = In("jobs_gated");
    private static readonly JobPlace _inLine = In("jobs_waiting", "dependencies = 0");
    private static readonly JobPlace _dependent = In("jobs_waiting", "dependencies > 0");
    private static readonly JobPlace _waiting = In("jobs_waiting");
    private static readonly JobPlace _held = In("jobs_lease");
    private static readonly JobPlace _completed = In("jobs_ended", "status = 3");

    // The second condition is that of the index.
    private static readonly JobPlace _failed = In("jobs_ended", "status = 4 AND status <> 3");
    private static readonly JobPlace _cancelled = In("jobs_ended", "status = 5 AND status <> 3");
    private static readonly JobPlace _unhappy = In("jobs_ended", "status <> 3");

    /// <summary>Where jobs are that have not ended.</summary>
    public static IReadOnlyList<JobPlace> Unfinished => [_ready, _scheduled, _held, _gated, _waiting];

    /// <summary>Where jobs in a state are; nowhere for a number that is no state.</summary>
    /// <param name="status">The state.</param>
    /// <param name="now">The time at which it is meant: a wait that is over is none.</param>
    public static IReadOnlyList<JobPlace> Of(JobStatus status, long now) => status switch
    {
        JobStatus.Pending => [_ready, Unparked(now), _gated, _inLine],
        JobStatus.Running => [_held],
        JobStatus.Waiting => [_dependent, Parked(now)],
        JobStatus.Completed => [_completed],
        JobStatus.Failed => [_failed],
        JobStatus.Cancelled => [_cancelled],
        _ => [In("jobs_job", "0")],
    };

    /// <summary>Where jobs are to which something can be done; null: in most places.</summary>
    public static IReadOnlyList<JobPlace>? For(JobAction action) => action switch
    {
        JobAction.Cancel => Unfinished,
        JobAction.Retry => [_retried, _unhappy],
        JobAction.Promote => [_scheduled],
        _ => null,
    };

    private static JobPlace Parked(long now) => In("jobs_parked", string.Create(CultureInfo.InvariantCulture, $"due_at > {now}"));

    private static JobPlace Unparked(long now) => In("jobs_scheduled", string.Create(CultureInfo.InvariantCulture, $"NOT EXISTS (SELECT 1 FROM jobs_parked p WHERE p.job = jobs_scheduled.job AND p.due_at > {now})"));

    private static JobPlace In(string table, string? condition = null) =>
        new($"SELECT job FROM {table}{(condition is null ? "" : " WHERE " + condition)}", $"SELECT 1 FROM {table} WHERE job = j.job{(condition is null ? "" : " AND " + condition)}");
}
