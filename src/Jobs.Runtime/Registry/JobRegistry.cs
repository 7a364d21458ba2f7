using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Storage;

namespace Jobs.Registry;

/// <summary>All jobs that this container knows, built once from the composed assemblies.</summary>
internal sealed class JobRegistry : IJobRegistry
{
    private readonly FrozenDictionary<string, RegisteredJob> _byName;

    public JobRegistry(JobsSetup setup, JobsSettings settings, IServiceProvider services)
    {
        var jobs = new List<RegisteredJob>();
        foreach (var assembly in setup.Assemblies)
        {
            var visitor = new RegisteringVisitor(JobJson.CreateOptions(assembly.Json), settings, services);
            foreach (var descriptor in assembly.CreateJobs())
            {
                jobs.Add(descriptor.Accept(visitor));
            }
        }

        Registered = [.. Merge(jobs).OrderBy(static job => job.Name, StringComparer.Ordinal)];
        _byName = Index(Registered);
        foreach (var job in Registered)
        {
            if (job.Descriptor.Defaults.DeadLetterTo is { } target)
            {
                job.SendDeadLettersTo(_byName.TryGetValue(target, out var found) ? found : throw job.UnknownDeadLetterTarget());
            }
        }

        Bounds = [.. Registered.Select(static job => job.Bound).OfType<RetentionBound>()];
        Jobs = [.. Registered.Select(static job => job.Definition)];
    }

    public IReadOnlyList<RegisteredJob> Registered { get; }

    public IReadOnlyList<JobDefinition> Jobs { get; }

    /// <summary>How many finished records are kept of the jobs of which some number is.</summary>
    public IReadOnlyList<RetentionBound> Bounds { get; }

    public JobDefinition Get(string name) => Find(name).Definition;

    public bool TryGet(string name, [NotNullWhen(true)] out JobDefinition? definition)
    {
        ArgumentNullException.ThrowIfNull(name);
        definition = _byName.TryGetValue(name, out var job) ? job.Definition : null;
        return definition is not null;
    }

    public RegisteredJob Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.TryGetValue(name, out var job) ? job : throw new JobNotFoundException(name);
    }

    public JsonTypeInfo<T> GetJson<T>() =>
        Registered.Select(static job => job.StepTypes).Append(new StepTypes()).Select(static types => types.Find<T>()).FirstOrDefault(static info => info is not null)
        ?? throw new JobException(
            JobErrorCodes.UnknownType,
            $"No job of this application has serialization metadata for {typeof(T)}. Name the type in the attribute of the job that waits for it, [Job(StepTypes = [typeof({typeof(T).Name})])], or pass the answer as a JsonElement.");

    public bool TryFind(string name, [NotNullWhen(true)] out RegisteredJob? job) => _byName.TryGetValue(name, out job);

    /// <summary>A contract and its handler are one job; two handlers, or two unrelated contracts, are a mistake.</summary>
    private static IEnumerable<RegisteredJob> Merge(List<RegisteredJob> jobs)
    {
        foreach (var group in jobs.GroupBy(static job => job.Name, StringComparer.Ordinal))
        {
            var handlers = group.Where(static job => job.Descriptor.HandlerType is not null).ToList();
            var contracts = group.Where(static job => job.Descriptor.HandlerType is null).ToList();
            if (handlers.Count > 1)
            {
                throw Twice(group.Key, handlers);
            }

            if (contracts.Select(static job => job.Descriptor.ContractType).Distinct().Count() > 1)
            {
                throw Twice(group.Key, contracts);
            }

            if (handlers.Count == 1 && contracts.Count > 0 && handlers[0].Descriptor.ContractType != contracts[0].Descriptor.ContractType)
            {
                throw Twice(group.Key, [handlers[0], contracts[0]]);
            }

            yield return handlers.Count == 1 ? handlers[0] : contracts[0];
        }
    }

    private static FrozenDictionary<string, RegisteredJob> Index(IReadOnlyList<RegisteredJob> jobs)
    {
        var index = jobs.ToDictionary(static job => job.Name, StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            foreach (var alias in job.Descriptor.Aliases)
            {
                if (!index.TryAdd(alias, job) && index[alias] != job)
                {
                    throw new JobException(JobErrorCodes.Configuration, $"'{alias}' is an alias of job '{job.Name}' ({Describe(job)}), but it also names job '{index[alias].Name}' ({Describe(index[alias])}). Remove the alias, or rename one of them.");
                }
            }
        }

        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static JobException Twice(string name, List<RegisteredJob> jobs) =>
        new(JobErrorCodes.Configuration, $"Two jobs are named '{name}': {Describe(jobs[0])} and {Describe(jobs[1])}. Give one of them another name, [Job(\"…\")]; if one handles the other's contract, say so with [Job(Contract = typeof(…))].");

    private static string Describe(RegisteredJob job) => (job.Descriptor.HandlerType ?? job.Descriptor.ContractType)?.FullName ?? job.Name;

    private sealed class RegisteringVisitor(System.Text.Json.JsonSerializerOptions json, JobsSettings settings, IServiceProvider services) : IJobDescriptorVisitor<RegisteredJob>
    {
        public RegisteredJob Visit<TInput, TResult>(JobDescriptor<TInput, TResult> job) => new RegisteredJob<TInput, TResult>(job, json, settings, services);
    }
}
