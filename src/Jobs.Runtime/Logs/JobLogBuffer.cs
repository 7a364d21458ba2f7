using Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace Jobs.Logs;

/// <summary>
/// Lines of running attempts that are not stored yet. Bounded, because neither a handler that writes more than the storage takes nor
/// a storage that is away may fill memory: what comes beyond the bound is counted and lost.
/// </summary>
internal sealed class JobLogBuffer(TimeProvider time, JobLogOptions options)
{
    private const int Capacity = 20_000;
    private readonly Lock _gate = new();
    private readonly HashSet<JobId> _jobs = [];
    private List<JobLogLine> _lines = [];
    private int _lost;

    public TimeProvider Time => time;

    public JobLogOptions Options => options;

    /// <summary>The scopes that handlers begin; they follow each handler's own flow.</summary>
    public LoggerExternalScopeProvider Scopes { get; } = new();

    /// <summary>Called when there is a first line to store.</summary>
    public Action? Filled { get; set; }

    public void Add(in JobLogLine line)
    {
        bool isFirst;
        lock (_gate)
        {
            if (_lines.Count >= Capacity)
            {
                _lost++;
                return;
            }

            isFirst = _lines.Count == 0;
            _lines.Add(line);
            _jobs.Add(line.Id);
        }

        if (isFirst)
        {
            Filled?.Invoke();
        }
    }

    /// <summary>Whether lines of a job wait.</summary>
    public bool Has(JobId id)
    {
        lock (_gate)
        {
            return _jobs.Contains(id);
        }
    }

    /// <summary>Takes what waits, and how many lines were lost since the last time.</summary>
    public (List<JobLogLine> Lines, int Lost) Take()
    {
        lock (_gate)
        {
            var taken = (_lines, _lost);
            if (_lines.Count > 0)
            {
                _lines = [];
                _jobs.Clear();
            }

            _lost = 0;
            return taken;
        }
    }

    /// <summary>Lines that could not be stored are tried again, before newer ones.</summary>
    public void PutBack(List<JobLogLine> lines)
    {
        lock (_gate)
        {
            var room = Math.Max(0, Capacity - _lines.Count);
            _lost += Math.Max(0, lines.Count - room);
            _lines.InsertRange(0, lines.Take(room));
            foreach (var line in lines.Take(room))
            {
                _jobs.Add(line.Id);
            }
        }
    }
}
