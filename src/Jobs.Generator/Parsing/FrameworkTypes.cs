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

    private static bool Is(ITypeSymbol? type, string containingNamespace, string name) =>
        type is not null && type.Name == name && type.ContainingType is null && type.ContainingNamespace?.ToDisplayString() == containingNamespace;
}
