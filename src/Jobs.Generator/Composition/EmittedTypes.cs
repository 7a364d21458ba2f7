using System.Collections.Immutable;
using Jobs.Generator.Models;

namespace Jobs.Generator.Composition;

/// <summary>Which job's file has the code of which types: each type once, with the first job that needs it.</summary>
internal static class EmittedTypes
{
    /// <summary>The files, in the order of the jobs; the former forms of inputs that no job needs are last.</summary>
    public static EquatableArray<JobTypesModel> Assign((ImmutableArray<JobModel> Jobs, EquatableArray<UpgraderModel> Upgraders) input, CancellationToken cancellationToken)
    {
        // Names of emitted members differ in more than case as well, so that nothing depends on how a file system compares.
        var json = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var validated = new HashSet<string>(StringComparer.Ordinal);
        var inputs = new HashSet<string>(input.Jobs.Where(static job => job.ValidatedTypes.Count > 0).Select(static job => job.ValidatedTypes[0].Identifier), StringComparer.Ordinal);
        var files = ImmutableArray.CreateBuilder<JobTypesModel>(input.Jobs.Length + 1);
        foreach (var job in input.Jobs.OrderBy(static job => job.TypeName, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(job.TypeName, job.JsonTypes, job.ValidatedTypes);
        }

        Add(null, input.Upgraders.SelectMany(static upgrader => upgrader.JsonTypes), []);
        return new(files.ToImmutable());

        void Add(string? jobType, IEnumerable<JsonTypeModel> jsonTypes, IEnumerable<ValidatedTypeModel> validatedTypes)
        {
            var checks = validatedTypes.Where(type => validated.Add(type.Identifier)).ToEquatableArray();
            var file = new JobTypesModel(
                jobType,
                jsonTypes.Where(type => json.Add(type.Identifier)).ToEquatableArray(),
                checks,
                checks.Select(static type => type.Identifier).Where(inputs.Contains).ToEquatableArray());
            if (file.Json.Count > 0 || file.Validated.Count > 0)
            {
                files.Add(file);
            }
        }
    }

    public static EquatableArray<JsonTypeEntry> IndexJson(EquatableArray<JobTypesModel> files, CancellationToken cancellationToken) => files
        .SelectMany(static file => file.Json)
        .Where(static type => type.HasMetadata)
        .Select(static type => type.ToEntry())
        .OrderBy(static type => type.TypeName, StringComparer.Ordinal)
        .ToEquatableArray();
}
