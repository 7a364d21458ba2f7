using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>Jobs that wait for others: for those that they depend on, and for those before them in the line of their ordering key.</summary>
internal sealed partial class InMemoryStorage
{
    /// <summary>The jobs that wait for others to end.</summary>
    private readonly HashSet<JobEntry> _waiting = [];

    /// <summary>The last job in the line of each ordering key.</summary>
    private readonly Dictionary<string, JobEntry> _lines = new(StringComparer.Ordinal);

    /// <summary>Jobs to fail because one that they depend on did not complete: a list instead of a recursion, which a long chain would overflow.</summary>
    private readonly Queue<(JobEntry Entry, JobEntry Cause)> _doomed = new();
    private bool _isCascading;

    /// <summary>What to signal beyond what a call is about: jobs that it released, and jobs that failed with their dependencies.</summary>
    private readonly List<JobId> _cascaded = [];
    private bool _hasReleased;
    private volatile bool _hasFollowUps;

    /// <summary>Whether all that a job depends on exists; the refusal if not. Of a batch, it may depend on the jobs before it.</summary>
    private JobException? FindRefusal(JobRecord job, JobDetails details, Dictionary<JobId, string>? batch)
    {
        foreach (var id in details.DependsOn)
        {
            if (id == details.Id)
                return new JobException(JobErrorCodes.InvalidOption, $"Job '{job.Name}' {id} is to depend on itself and would never run. Nothing was stored.", id);

            if (_jobs.Find(id) is null && batch?.ContainsKey(id) != true)
                return new JobNotFoundException(job.Name, id);
        }

        return null;
    }

    /// <summary>Links a new job to what it depends on. Of what has ended already, what did not complete dooms it.</summary>
    private void Link(JobEntry entry, JobDetails details)
    {
        foreach (var id in details.DependsOn)
        {
            if (_jobs.Find(id) is { } dependency && dependency.Place == EntryPlace.Completed)
                continue;

            if (_jobs.Find(id) is not { HasEnded: false } running)
            {
                _doomed.Enqueue((entry, _jobs.Find(id) ?? entry));
                continue;
            }

            LinksOf(entry).Dependencies.Add(running);
            LinksOf(running).Dependants.Add(entry);
        }
    }

    /// <summary>Puts a job that becomes pending at the end of its key's line, unless it is in it.</summary>
    private void JoinLine(JobEntry entry, string key)
    {
        var links = LinksOf(entry);
        if (links.IsInLine)
            return;

        links.IsInLine = true;
        if (_lines.TryGetValue(key, out var last))
        {
            links.Before = last;
            LinksOf(last).After = entry;
        }

        _lines[key] = entry;
    }

    private void LeaveLine(JobEntry entry, JobLinks links, long now)
    {
        if (!links.IsInLine)
            return;

        var key = entry.Details!.OrderingKey!;
        links.IsInLine = false;
        var (before, after) = (links.Before, links.After);
        (links.Before, links.After) = (null, null);
        if (before is not null)
            LinksOf(before).After = after;

        if (after is null && before is null)
            _lines.Remove(key);
        else if (after is null)
            _lines[key] = before!;
        else
            LinksOf(after).Before = before;

        if (after is not null)
            TryRelease(after, now);
    }

    /// <summary>After a job ended, or is about to be removed: whoever waits for it goes on, or fails with it.</summary>
    private void Unlink(JobEntry entry, bool isCompleted, long now)
    {
        if (entry.Extra?.Links is not { } links)
            return;

        foreach (var dependency in links.Dependencies)
            LinksOf(dependency).Dependants.Remove(entry);

        links.Dependencies.Clear();
        foreach (var dependant in links.Dependants)
        {
            LinksOf(dependant).Dependencies.Remove(entry);
            if (isCompleted)
                TryRelease(dependant, now);
            else
                _doomed.Enqueue((dependant, entry));
        }

        links.Dependants.Clear();
        LeaveLine(entry, links, now);
        FailDoomed(now);
    }

    private void FailDoomed(long now)
    {
        if (_isCascading)
            return;

        _isCascading = true;
        while (_doomed.TryDequeue(out var next))
        {
            var (entry, cause) = next;
            if (entry.Place != EntryPlace.Waiting)
                continue;

            _waiting.Remove(entry);
            var extra = entry.EnsureExtra();
            (extra.Reason, extra.Error, extra.LastFailedAt) = (FailureReason.DependencyFailed, $"Job {cause.Id} ('{cause.Name}'), which it depends on, did not complete.", now);
            _cascaded.Add(entry.Id);
            _hasFollowUps = true;
            End(entry, EntryPlace.Failed, now);
        }

        _isCascading = false;
    }

    private void TryRelease(JobEntry entry, long now)
    {
        if (entry.Place != EntryPlace.Waiting || entry.Extra!.Links!.IsBlocked || _doomed.Any(d => d.Entry == entry))
            return;

        _waiting.Remove(entry);
        if (Enqueue(entry, Math.Max(entry.At, now), now))
        {
            _hasReleased = true;
            _hasFollowUps = true;
        }
    }

    private void SignalFollowUps()
    {
        if (!_hasFollowUps)
            return;

        bool ready;
        JobId[] ended;
        lock (_gate)
        {
            ready = TakeHunger(_hasReleased);
            ended = [.. _cascaded];
            _cascaded.Clear();
            _hasReleased = false;
            _hasFollowUps = false;
        }

        if (ready)
            _signals.JobsReady();

        foreach (var id in ended)
            _signals.JobEnded(id);
    }

    /// <summary>An entry takes the place of another one in the links of its neighbours; it has its links already.</summary>
    private void Relink(JobEntry old, JobEntry entry, JobLinks links)
    {
        foreach (var dependency in links.Dependencies)
        {
            var dependants = LinksOf(dependency).Dependants;
            dependants[dependants.IndexOf(old)] = entry;
        }

        foreach (var dependant in links.Dependants)
        {
            LinksOf(dependant).Dependencies.Remove(old);
            LinksOf(dependant).Dependencies.Add(entry);
        }

        if (!links.IsInLine)
            return;

        if (links.Before is { } before)
            LinksOf(before).After = entry;

        if (links.After is { } after)
            LinksOf(after).Before = entry;
        else
            _lines[entry.Details!.OrderingKey!] = entry;
    }

    private static JobLinks LinksOf(JobEntry entry) => entry.EnsureExtra().Links ??= new JobLinks();
}
