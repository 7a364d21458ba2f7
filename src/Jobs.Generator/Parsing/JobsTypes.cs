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

    public static bool IsVoid(ITypeSymbol type) => type is { Name: "JobVoid", ContainingNamespace: { Name: "Metadata", ContainingNamespace: { Name: "Jobs", ContainingNamespace.IsGlobalNamespace: true } } };

    /// <summary>Whether it is the product's type of this name, of any arity.</summary>
    public static bool Is(ITypeSymbol? type, string name) => type is INamedTypeSymbol named && named.Name == name && named.ContainingType is null && IsInJobs(named);

    /// <summary>Whether a member belongs to what applications write against.</summary>
    public static bool IsOfProduct(ISymbol member) => member.ContainingAssembly?.Name == "Jobs.Abstractions";

    public static bool IsInputUpgrader(INamedTypeSymbol type) => type is { Name: "IJobInputUpgrader", TypeKind: TypeKind.Interface, Arity: 2 } && IsInJobs(type);

    /// <summary>The attribute of a member whose value is not to be seen.</summary>
    public static AttributeData? FindRedacted(ISymbol member) => JsonAttributes.Find(member, "Jobs", "RedactedAttribute");

    private static bool IsInJobs(INamedTypeSymbol type) => type.ContainingNamespace is { Name: "Jobs", ContainingNamespace.IsGlobalNamespace: true };
}
