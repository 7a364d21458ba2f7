using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>The two statements of a batch: which jobs, and what is done to them wherever they still are.</summary>
internal sealed class BulkSql
{
    private readonly string _schema;
    private readonly BulkChange _request;
    private readonly HashSet<JobStatus> _states;

    public BulkSql(string schema, BulkChange request)
    {
        _schema = schema;
        _request = request;
        _states = StatesFor(request.Action);
        if (request.EndedFor is not null)
            _states.ExceptWith([JobStatus.Pending, JobStatus.Waiting, JobStatus.Running]);

        _states.IntersectWith(FilterSql.StatesOf(request.Filter));
    }

    /// <summary>Whether any job can be in a state for this.</summary>
    public bool IsPossible => _states.Count > 0;

    public NpgsqlCommand Select(NpgsqlConnection connection, JobPlace? cursor)
    {
        var sql = new FilterSql(_schema, _request.Filter with { Status = null, IsUnfinished = false });
        if (cursor is { } place)
            sql.AddCursor(place);

        var limit = _request.BatchSize.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var command = new NpgsqlCommand($"SELECT s.pack, s.slot FROM {Source(sql)} {(sql.IsShared ? string.Empty : sql.WhereJob)} ORDER BY s.pack DESC, s.slot DESC LIMIT {limit}", connection);
        sql.AddTo(command.Parameters);
        return command;
    }

    public NpgsqlCommand Change(NpgsqlConnection connection, JobRuns runs)
    {
        var (call, parameters) = _request.Action switch
        {
            JobAction.Cancel => ("SELECT cancelled, packs, slots FROM {0}.cancel_many($1,$2,$3,$4,$5)", Flags(JobStatus.Pending, JobStatus.Running)),
            JobAction.Retry => ("SELECT {0}.retry_many($1,$2,$3,$4,$5,$6)", Flags(JobStatus.Pending, JobStatus.Failed, JobStatus.Cancelled)),
            JobAction.Promote => ("SELECT {0}.promote_many($1,$2,$3)", []),
            JobAction.Delete or JobAction.Obliterate => (
                "SELECT {0}.delete_many($1,$2,$3,$4,$5,$6,$7,$8,$9)",
                [
                    .. Flags(JobStatus.Pending, JobStatus.Running, JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled),
                    PostgreSqlStorage.Parameter(_request.EndedFor is { } age ? (long?)Math.Ceiling(age.TotalMilliseconds) : null),
                ]),
            _ => throw new ArgumentOutOfRangeException(nameof(runs), _request.Action, "Not something that can be done to a job."),
        };
        var command = new NpgsqlCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, call, _schema), connection);
        runs.AddTo(command.Parameters);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static HashSet<JobStatus> StatesFor(JobAction action) => action switch
    {
        JobAction.Cancel => [JobStatus.Pending, JobStatus.Waiting, JobStatus.Running],
        JobAction.Retry => [JobStatus.Pending, JobStatus.Failed, JobStatus.Cancelled],
        JobAction.Promote => [JobStatus.Pending],
        JobAction.Delete => [JobStatus.Pending, JobStatus.Waiting, JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled],
        _ => [.. Enum.GetValues<JobStatus>()],
    };

    /// <summary>Whether jobs of each state are meant. What waits for others is taken out of its place together with what is pending.</summary>
    private NpgsqlParameter[] Flags(params JobStatus[] states) => Array.ConvertAll(
        states,
        s => PostgreSqlStorage.Parameter(_states.Contains(s) || (s == JobStatus.Pending && _states.Contains(JobStatus.Waiting))));

    /// <summary>The tables that hold jobs in these states; all jobs when every place would have to be looked at job by job.</summary>
    private string Source(FilterSql filter) =>
        filter.IsShared ? StatePlaces.Newest(_schema, _states, _request.Action, _request.EndedFor, filter, _request.BatchSize)
        : _request.EndedFor is null && _states.Contains(JobStatus.Completed) && _states.Contains(JobStatus.Pending) ? StatePlaces.All(_schema)
        : StatePlaces.OfJobs(_schema, _states, _request.Action, _request.EndedFor, filter);
}
