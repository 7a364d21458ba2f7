using System.Runtime.InteropServices;
using Jobs.Fetching;
using Jobs.Hosting;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Execution;

/// <summary>
/// What this worker holds: the slots in use, by job and by queue where those have limits, and all attempts whose outcome is
/// not stored yet. Counted here and nowhere else, so that nothing can leak: it is gone with the process.
/// </summary>
/// <remarks>The attempts form an intrusive list, which costs nothing per job; looking one up is rare (cancelling) and may scan.</remarks>
internal sealed class HeldJobs
{
    private readonly Lock _gate = new();
    private readonly int _concurrency;
    private readonly List<LimitedJob> _limitedJobs = [];
    private readonly Dictionary<RegisteredJob, LimitedJob> _limitByJob = [];
    private readonly Dictionary<string, Limit> _limitByQueue = new(StringComparer.Ordinal);
    private readonly bool _alwaysClaims;
    private JobExecution? _first;
    private int _free;
    private int _running;
    private int _abandoned;
    private bool _isClosed;
    private TaskCompletionSource? _idle;

    /// <param name="plan">What the worker takes.</param>
    /// <param name="queues">The options of queues.</param>
    /// <param name="jobs">The jobs that the worker runs.</param>
    public HeldJobs(WorkerPlan plan, IReadOnlyDictionary<string, QueueOptions> queues, IEnumerable<RegisteredJob> jobs)
    {
        // A worker that must notice when nothing is left: every finished attempt is a reason to claim.
        _alwaysClaims = plan.IsOneShot;
        _concurrency = plan.Options.Concurrency;
        _free = _concurrency;
        foreach (var job in jobs)
        {
            if (job.MaxConcurrency is { } max)
            {
                var limit = new LimitedJob(job, max);
                _limitedJobs.Add(limit);
                _limitByJob.Add(job, limit);
            }
        }

        foreach (var (name, queue) in queues)
        {
            if (queue.MaxConcurrency is { } max)
            {
                _limitByQueue.Add(name, new Limit(max));
            }
        }

        foreach (var left in plan.LeftQueues)
        {
            _limitByQueue[left] = new Limit(0);
        }
    }

    /// <summary>How many attempts run now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>How many handlers ignored their cancellation and still run.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>Whether there are as many abandoned handlers as slots: then no more jobs are taken.</summary>
    public bool IsOverwhelmed => Abandoned >= _concurrency;

    public bool IsEmpty => Volatile.Read(ref _first) is null;

    /// <summary>Whether a finished attempt may make room for a job that the last claim could not take, although slots were free.</summary>
    public bool HasLimits(JobExecution execution) =>
        _limitByJob.ContainsKey(execution.Job) || _limitByQueue.ContainsKey(execution.Queue)
        || execution.Job.GlobalConcurrency is not null || execution.HasKeys || _alwaysClaims;

    /// <summary>From here on no room is set aside; claims that are under way still settle.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <summary>Sets aside all free room for a claim.</summary>
    /// <param name="exchange">The request to fill.</param>
    /// <param name="isFresh">Whether there is news of jobs; otherwise the claim goes on where the last one stopped.</param>
    public void Reserve(WorkExchange exchange, bool isFresh)
    {
        lock (_gate)
        {
            // As many abandoned handlers as slots: the process is sick, and taking more would only make it worse.
            exchange.MaxJobs = _isClosed || _abandoned >= _concurrency ? 0 : _free;
            if (exchange.MaxJobs == 0)
            {
                return;
            }

            _free -= exchange.MaxJobs;
            foreach (var limit in _limitedJobs)
            {
                limit.Reserve(exchange, isFresh);
            }

            foreach (var (name, limit) in _limitByQueue)
            {
                exchange.QueueLimits[name] = limit.Reserve();
            }
        }
    }

    /// <summary>Takes what was claimed, and gives back the rest of what was set aside.</summary>
    /// <returns>Whether to claim again at once: a job with a limit of its own has names whose turn is still to come.</returns>
    public bool Settle(WorkExchange exchange, List<JobExecution> claimed)
    {
        lock (_gate)
        {
            _free += exchange.MaxJobs - claimed.Count;
            _running += claimed.Count;
            foreach (var limit in _limitedJobs)
            {
                limit.Return(exchange);
            }

            foreach (var (name, limit) in _limitByQueue)
            {
                if (exchange.QueueLimits.TryGetValue(name, out var reserved))
                {
                    limit.InUse -= reserved;
                }
            }

            foreach (var execution in claimed)
            {
                execution.HasSlot = true;
                Count(execution, 1);
                execution.Next = _first;
                if (_first is not null)
                {
                    _first.Previous = execution;
                }

                _first = execution;
            }

            TellIfIdle();
            return _limitedJobs.Exists(static limit => limit.HasFurtherNames);
        }
    }

    /// <summary>The handler has ended: its slot is free, while its outcome is still to be stored.</summary>
    public void FreeSlot(JobExecution execution)
    {
        lock (_gate)
        {
            if (!execution.HasSlot)
            {
                return;
            }

            execution.HasSlot = false;
            _free++;
            _running--;
            Count(execution, -1);
            TellIfIdle();
        }
    }

    /// <summary>The outcome is stored, or dropped: the worker has nothing more to do with the job.</summary>
    public void Remove(JobExecution execution)
    {
        lock (_gate)
        {
            Unlink(execution);
        }
    }

    /// <inheritdoc cref="Remove(JobExecution)"/>
    public void Remove(List<FinishedAttempt> finished)
    {
        lock (_gate)
        {
            foreach (ref readonly var attempt in CollectionsMarshal.AsSpan(finished))
            {
                Unlink(attempt.Execution);
            }
        }
    }

    /// <summary>Counts a handler that ignored its cancellation; negative when it has ended after all.</summary>
    /// <returns>Whether there are now as many as slots.</returns>
    public bool CountAbandoned(int change)
    {
        lock (_gate)
        {
            _abandoned += change;
            return _abandoned >= _concurrency;
        }
    }

    /// <summary>Whether there is an attempt of a job, or one under exactly this lease.</summary>
    public bool Contains(JobId id, JobLease? lease = null)
    {
        lock (_gate)
        {
            return Find(id, lease) is not null;
        }
    }

    /// <summary>The leases of all attempts.</summary>
    public List<JobLease> Leases()
    {
        lock (_gate)
        {
            var leases = new List<JobLease>();
            for (var execution = _first; execution is not null; execution = execution.Next)
            {
                leases.Add(execution.Lease);
            }

            return leases;
        }
    }

    /// <summary>Cancels the latest attempt of a job, or the one under exactly this lease.</summary>
    /// <remarks>It is decided under the lock, because an execution that is not held may serve another attempt by now.</remarks>
    public void Cancel(JobId id, CancelCause cause, JobLease? lease = null)
    {
        JobExecution? execution;
        lock (_gate)
        {
            execution = Find(id, lease);
            if (execution?.TryMarkCancelled(cause) != true)
            {
                return;
            }
        }

        execution.SignalCancel();
    }

    /// <summary>Cancels all attempts.</summary>
    public void CancelAll(CancelCause cause)
    {
        var cancelled = new List<JobExecution>();
        lock (_gate)
        {
            for (var execution = _first; execution is not null; execution = execution.Next)
            {
                if (execution.TryMarkCancelled(cause))
                {
                    cancelled.Add(execution);
                }
            }
        }

        foreach (var execution in cancelled)
        {
            execution.SignalCancel();
        }
    }

    /// <summary>Completes when no attempt runs and no claim is under way that could start one.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_free == _concurrency)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private void Unlink(JobExecution execution)
    {
        if (execution.Previous is not null)
        {
            execution.Previous.Next = execution.Next;
        }
        else if (_first == execution)
        {
            _first = execution.Next;
        }
        else
        {
            return;
        }

        if (execution.Next is not null)
        {
            execution.Next.Previous = execution.Previous;
        }

        execution.Previous = execution.Next = null;
    }

    /// <summary>The latest attempt of a job. There may be two: one that lost its lease, and one that runs.</summary>
    private JobExecution? Find(JobId id, JobLease? lease)
    {
        for (var execution = _first; execution is not null; execution = execution.Next)
        {
            if (execution.JobId == id && (lease is null || execution.Lease == lease))
            {
                return execution;
            }
        }

        return null;
    }

    private void TellIfIdle()
    {
        if (_free == _concurrency && _idle is not null)
        {
            _idle.TrySetResult();
            _idle = null;
        }
    }

    private void Count(JobExecution execution, int change)
    {
        if (_limitedJobs.Count > 0 && _limitByJob.TryGetValue(execution.Job, out var job))
        {
            job.InUse += change;
        }

        if (_limitByQueue.Count > 0 && _limitByQueue.TryGetValue(execution.Queue, out var queue))
        {
            queue.InUse += change;
        }
    }

    private class Limit(int max)
    {
        public int Max => max;

        /// <summary>Running, or set aside for a claim under way.</summary>
        public int InUse { get; set; }

        public int Reserve()
        {
            var room = Math.Max(0, max - InUse);
            InUse += room;
            return room;
        }
    }

    private sealed class LimitedJob(RegisteredJob job, int max) : Limit(max)
    {
        private readonly string[] _names = [job.Name, .. job.Descriptor.Aliases];
        private int _turn;
        private int _turnsLeft;

        /// <summary>
        /// The room goes to one of the job's names at a time, in turn: given to each of them, it would be taken several times.
        /// News of jobs starts a round over all names, because it does not say which of them it is about.
        /// </summary>
        public void Reserve(WorkExchange exchange, bool isFresh)
        {
            var room = Reserve();
            _turn = (_turn + 1) % _names.Length;
            _turnsLeft = (isFresh ? _names.Length : _turnsLeft) - 1;
            for (var i = 0; i < _names.Length; i++)
            {
                exchange.NameLimits[_names[i]] = i == _turn ? room : 0;
            }
        }

        /// <summary>Whether there is room for names that this round has not come to.</summary>
        public bool HasFurtherNames => _turnsLeft > 0 && InUse < Max;

        public void Return(WorkExchange exchange)
        {
            foreach (var name in _names)
            {
                if (exchange.NameLimits.TryGetValue(name, out var reserved))
                {
                    InUse -= reserved;
                }
            }
        }
    }
}
