using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Recognizes types of the framework and its extensions.</summary>
internal static class FrameworkTypes
{
    public static bool IsServiceProvider(ITypeSymbol type) => Is(type, "System", "IServiceProvider");

    public static bool IsAsyncDisposable(ITypeSymbol type) => Is(type, "System", "IAsyncDisposable");

    public static bool IsFromKeyedServices(ITypeSymbol? type) => Is(type, "Microsoft.Extensions.DependencyInjection", "FromKeyedServicesAttribute");

    public static bool IsConstructorChoice(ITypeSymbol? type) => Is(type, "Microsoft.Extensions.DependencyInjection", "ActivatorUtilitiesConstructorAttribute");

    public static bool IsSetsRequiredMembers(ITypeSymbol? type) => Is(type, "System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute");

    public static bool IsJsonSerializerContext(ITypeSymbol? type) => Is(type, "System.Text.Json.Serialization", "JsonSerializerContext");

    /// <summary>Compares a namespace with its name in full, from the right, without writing it down.</summary>
    public static bool IsNamespace(INamespaceSymbol? candidate, string name)
    {
        var end = name.Length;
        while (candidate is { IsGlobalNamespace: false })
        {
            var start = end - candidate.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, candidate.Name, 0, candidate.Name.Length) != 0 || (start > 0 && name[start - 1] != '.'))
            {
                return false;
            }

            candidate = candidate.ContainingNamespace;
            end = start - 1;
        }

        return end == -1;
    }

    private static bool Is(ITypeSymbol? type, string containingNamespace, string name) =>
        type is not null && type.Name == name && type.ContainingType is null && IsNamespace(type.ContainingNamespace, containingNamespace);
}
