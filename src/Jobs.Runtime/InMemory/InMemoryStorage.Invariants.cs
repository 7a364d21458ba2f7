namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    /// <summary>Everything that breaks "a job is in exactly one place", for the tests.</summary>
    internal IReadOnlyList<string> FindInvariantViolations()
    {
        var violations = new List<string>();
        lock (_gate)
        {
            var seen = new Dictionary<JobEntry, string>();
            foreach (var lane in _lanes.All)
            {
                var before = seen.Count;
                foreach (var level in lane.Levels)
                    Visit(level.Entries, EntryPlace.Ready, $"lane {lane.Queue}/{lane.Name}/{level.Priority}");

                foreach (var stream in lane.Gated?.Streams ?? [])
                {
                    foreach (var entry in stream.Entries)
                        Note(entry, $"a stream of lane {lane.Queue}/{lane.Name}", entry.Place == EntryPlace.Ready);

                    if (stream.IsOpen != stream.ListedBy is not null || (stream.ListedBy is not null && stream.ListedBy != stream.Entries.Min))
                        violations.Add($"A stream of lane {lane.Queue}/{lane.Name} is listed wrongly.");
                }

                if (seen.Count - before != lane.Count)
                    violations.Add($"Lane {lane.Queue}/{lane.Name} counts {lane.Count} jobs and has {seen.Count - before}.");
            }

            foreach (var entry in _scheduled.AsSpan())
                Note(entry, "the heap", entry.Place == EntryPlace.Scheduled);

            foreach (var entry in _waiting)
                Note(entry, "those that wait", entry.Place == EntryPlace.Waiting && entry.Extra?.Links is { IsBlocked: true });

            foreach (var worker in _workers.Values.Concat(_dead))
                Visit(worker.Held, EntryPlace.Held, $"worker {worker.Id}");

            foreach (var gate in _lanes.Gates.All)
            {
                var held = seen.Keys.Count(e => e.Place == EntryPlace.Held && e.Details?.ConcurrencyKey == gate.Key);
                if (held != gate.Running)
                    violations.Add($"Key {gate.Key} counts {gate.Running} running jobs, {held} are held.");
            }

            foreach (var (key, list) in _finished.Lists)
            {
                for (var entry = list.First; entry is not null; entry = entry.Next)
                    Note(entry, $"finished, kept {key.Retention}", entry.HasEnded);
            }

            if (_finished.Lists.Sum(l => l.Value.Count) != _finished.Count || _finished.Count > _maxFinished)
                violations.Add($"{_finished.Count} jobs are counted as finished.");

            if (seen.Count != _jobs.Count)
                violations.Add($"{_jobs.Count} jobs are counted, {seen.Count} are somewhere.");

            foreach (var (key, entry) in _keys)
            {
                if (_jobs.Find(entry.Id) != entry)
                    violations.Add($"Key {key} belongs to no job.");
            }

            void Visit(JobEntryList list, EntryPlace place, string where)
            {
                var count = 0;
                for (var entry = list.First; entry is not null; entry = entry.Next, count++)
                    Note(entry, where, entry.Place == place);

                if (count != list.Count)
                    violations.Add($"{where} counts {list.Count} jobs and has {count}.");
            }

            void Note(JobEntry entry, string where, bool isRight)
            {
                if (!isRight)
                    violations.Add($"Job {entry.Id} is in {where} and says {entry.Place}.");

                if (!seen.TryAdd(entry, where))
                    violations.Add($"Job {entry.Id} is in {where} and in {seen[entry]}.");

                if (_jobs.Find(entry.Id) != entry || _jobs.At(entry.Sequence) != entry)
                    violations.Add($"Job {entry.Id} is in {where} and cannot be found by its id.");
            }
        }

        return violations;
    }
}
