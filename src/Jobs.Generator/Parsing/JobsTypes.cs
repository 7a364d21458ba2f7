using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Recognizes the product's own types, by namespace and name.</summary>
internal static class JobsTypes
{
    public const string JobAttribute = "Jobs.JobAttribute";
    public const string JobClientAttribute = "Jobs.JobClientAttribute";
    public const string JobAssemblyAttribute = nameof(JobAssemblyAttribute);
    public const string JobEntryAttribute = nameof(JobEntryAttribute);
    public const string MetadataNamespace = "Jobs.Metadata";

    public static bool IsJobAttribute(INamedTypeSymbol? type) => type is { Name: nameof(JobAttribute), Arity: 0 } && IsInJobs(type);

    public static bool IsHandler(INamedTypeSymbol type) => type is { Name: "IJobHandler", TypeKind: TypeKind.Interface } && IsInJobs(type);

    public static bool IsContract(INamedTypeSymbol type) => type is { Name: "IJobContract", TypeKind: TypeKind.Interface } && IsInJobs(type);

    public static bool IsDeadLetter(ITypeSymbol type) => type is INamedTypeSymbol { Name: "DeadLetter", Arity: 0 or 1 } named && IsInJobs(named);

    private static bool IsInJobs(INamedTypeSymbol type) => type.ContainingNamespace is { Name: "Jobs", ContainingNamespace.IsGlobalNamespace: true };
}
