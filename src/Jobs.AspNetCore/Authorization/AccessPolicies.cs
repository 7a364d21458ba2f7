namespace Jobs.AspNetCore.Authorization;

/// <summary>Which policies stand before what.</summary>
internal sealed class AccessPolicies(JobsApiOptions options)
{
    /// <summary>The policies for one job of a known name and queue; an empty text is a policy that nobody has.</summary>
    public IReadOnlyCollection<string> ForJob(Access access, string name, string queue)
    {
        var policies = new HashSet<string>(StringComparer.Ordinal);
        AddOwn(policies, options.Jobs, name, access);
        AddOwn(policies, options.Queues, queue, access);
        if (policies.Count == 0)
        {
            policies.Add(General(access));
        }

        return policies;
    }

    /// <summary>The policies for everything that a filter can match: whoever may not see a part of it has to narrow it.</summary>
    public IReadOnlyCollection<string> ForFilter(Access access, string? name, string? queue)
    {
        if (name is not null && queue is not null)
        {
            return ForJob(access, name, queue);
        }

        var policies = new HashSet<string>(StringComparer.Ordinal);
        AddMatching(policies, options.Jobs, name, access);
        AddMatching(policies, options.Queues, queue, access);
        var isSpecific = (name is not null && Find(options.Jobs, name, access) is not null) || (queue is not null && Find(options.Queues, queue, access) is not null);
        if (!isSpecific)
        {
            policies.Add(General(access));
        }

        return policies;
    }

    /// <summary>All policies that are named anywhere.</summary>
    public IEnumerable<string> Named()
    {
        var general = new[] { options.Policy, options.ReadPolicy, options.SubmitPolicy, options.OperatePolicy, options.OwnPolicy, options.OnBehalfOfPolicy, options.RevealPolicy };
        var specific = options.Jobs.Values.Concat(options.Queues.Values).SelectMany(static policies => new[] { policies.Read, policies.Submit, policies.Operate });
        return general.Concat(specific).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    public string General(Access access) => access switch
    {
        Access.Read => options.ReadPolicy,
        Access.Submit => options.SubmitPolicy,
        _ => options.OperatePolicy,
    }
    ?? options.Policy ?? string.Empty;

    private static void AddOwn(HashSet<string> policies, IReadOnlyDictionary<string, JobsApiPolicies> from, string name, Access access)
    {
        if (Find(from, name, access) is { } policy)
        {
            policies.Add(policy);
        }
    }

    private static void AddMatching(HashSet<string> policies, IReadOnlyDictionary<string, JobsApiPolicies> from, string? name, Access access)
    {
        foreach (var key in name is null ? from.Keys : [name])
        {
            AddOwn(policies, from, key, access);
        }
    }

    private static string? Find(IReadOnlyDictionary<string, JobsApiPolicies> from, string name, Access access) =>
        !from.TryGetValue(name, out var policies) ? null : access switch
        {
            Access.Read => policies.Read,
            Access.Submit => policies.Submit,
            _ => policies.Operate,
        };
}
