using System.Runtime.CompilerServices;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// Policies to text and back, remembered: jobs that are enqueued alike share a policy. The bound is there because a call may give a job
/// a policy of its own.
/// </summary>
internal sealed class PolicyTexts
{
    private const int MaxRemembered = 1000;

    private readonly ConditionalWeakTable<JobPolicy, string> _texts = [];
    private readonly Dictionary<string, JobPolicy> _policies = new(StringComparer.Ordinal);

    public string Format(JobPolicy policy) => ReferenceEquals(policy, JobPolicy.Default) ? "" : _texts.GetValue(policy, static policy => policy.Format());

    /// <exception cref="FormatException">The text is none of a policy: somebody edited the row.</exception>
    public JobPolicy Parse(string text)
    {
        if (text.Length == 0)
            return JobPolicy.Default;

        if (_policies.TryGetValue(text, out var policy))
            return policy;

        if (_policies.Count >= MaxRemembered)
            _policies.Clear();

        policy = JobPolicy.Parse(text);
        _policies.Add(text, policy);
        return policy;
    }

    /// <summary>For the retention of a job that has to end, whatever its row says.</summary>
    public JobPolicy ParseOrDefault(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return JobPolicy.Default;
        }
    }
}
