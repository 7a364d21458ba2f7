using System.Collections.Frozen;
using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>The last lines of a job's log.</summary>
internal sealed class JobLog
{
    private readonly Queue<JobLogEntry> _lines = new();
    private long _last;

    public void Add(in JobLogLine line, int maxLines)
    {
        _lines.Enqueue(new JobLogEntry(++_last, line.At.ToUniversalTime(), line.Level, line.Message, line.Attempt) { Fields = line.Fields ?? FrozenDictionary<string, string>.Empty });
        while (_lines.Count > maxLines)
            _lines.Dequeue();
    }

    public IReadOnlyList<JobLogEntry> Read(long afterLine, int limit) => [.. _lines.Where(line => line.Line > afterLine).Take(limit)];
}
