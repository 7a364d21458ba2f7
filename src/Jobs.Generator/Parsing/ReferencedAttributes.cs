using Jobs.Generator.Models;

namespace Jobs.Generator.Parsing;

/// <summary>What the attributes of a referenced assembly mean, whichever way they were read.</summary>
internal static class ReferencedAttributes
{
    /// <summary>How many texts the constructor of an attribute takes.</summary>
    public static int CountArguments(ReferencedAttributeKind kind) => kind switch
    {
        ReferencedAttributeKind.JobEntry => 7,
        ReferencedAttributeKind.JobAssembly or ReferencedAttributeKind.Friend or ReferencedAttributeKind.Experimental => 1,
        _ => 0,
    };

    public static ReferencedAttributeKind Classify(string containingNamespace, string name) => (containingNamespace, name) switch
    {
        (JobsTypes.MetadataNamespace, JobsTypes.JobAssemblyAttribute) => ReferencedAttributeKind.JobAssembly,
        (JobsTypes.MetadataNamespace, JobsTypes.JobEntryAttribute) => ReferencedAttributeKind.JobEntry,
        ("System.Runtime.CompilerServices", "InternalsVisibleToAttribute") => ReferencedAttributeKind.Friend,
        ("System.Diagnostics.CodeAnalysis", "ExperimentalAttribute") => ReferencedAttributeKind.Experimental,
        _ => ReferencedAttributeKind.Other,
    };

    public static ReferencedAssemblyModel? ToModel(string assemblyName, IEnumerable<(ReferencedAttributeKind Kind, string[] Arguments)> attributes)
    {
        string? jobAssembly = null;
        var jobs = new List<JobEntryModel>();
        var friends = new List<string>();
        var experimental = new List<string>();
        foreach (var (kind, arguments) in attributes)
        {
            if (arguments.Length != CountArguments(kind))
            {
                continue;
            }

            switch (kind)
            {
                case ReferencedAttributeKind.JobAssembly:
                    jobAssembly = arguments[0];
                    break;
                case ReferencedAttributeKind.JobEntry:
                    jobs.Add(ToEntry(arguments));
                    break;
                case ReferencedAttributeKind.Friend:
                    friends.Add(arguments[0]);
                    break;
                case ReferencedAttributeKind.Experimental:
                    experimental.Add(arguments[0]);
                    break;
            }
        }

        return jobAssembly is null ? null : new ReferencedAssemblyModel(assemblyName, jobAssembly, jobs.ToEquatableArray(), friends.ToEquatableArray(), experimental.ToEquatableArray());
    }

    private static JobEntryModel ToEntry(string[] arguments) => new()
    {
        Name = arguments[0],
        ClientName = arguments[1],
        ClientType = arguments[2],
        IsPublic = arguments[3].Contains('p'),
        IsContract = arguments[3].Contains('c'),
        IsContractHandler = arguments[3].Contains('h'),
        Documentation = arguments[4],
        Aliases = arguments[5].Split(['\n'], StringSplitOptions.RemoveEmptyEntries).ToEquatableArray(),
        Used = new UsedSymbolsModel(arguments[6].Split(['\n'], StringSplitOptions.RemoveEmptyEntries).ToEquatableArray(), arguments[3].Contains('o')),
    };
}
