using System.Collections;
using System.Globalization;

namespace Jobs.Execution;

/// <summary>What every log line inside an attempt carries.</summary>
internal sealed class JobLogScope(JobId id, string name, int attempt) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 3;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("JobId", id),
        1 => new("JobName", name),
        2 => new("JobAttempt", attempt),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"JobId:{id} JobName:{name} JobAttempt:{attempt}");
}
