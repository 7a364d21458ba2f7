using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Parsing;

/// <summary>How a job is called where its attribute says nothing.</summary>
internal static class JobNaming
{
    /// <summary>The client's property: one suffix off, and for an interface the leading <c>I</c>. A name is never used up.</summary>
    public static string GetClientName(INamedTypeSymbol type)
    {
        var name = type.Name;
        if (type.TypeKind == TypeKind.Interface && name.Length > 1 && name[0] == 'I' && !char.IsLower(name[1]))
        {
            name = name.Substring(1);
        }

        return WithoutSuffix(name, "Handler") ?? WithoutSuffix(name, "Job") ?? name;
    }

    /// <summary>The stored name that goes with a property.</summary>
    public static string GetStoredName(string clientName) => KebabCase.Convert(clientName);

    /// <summary>The stored name of another type's job, which its contract decides if it has one; null when the type declares no job.</summary>
    public static string? FindStoredName(INamedTypeSymbol type) =>
        JobAttributeData.FindOn(type) is { } attribute ? JobIdentity.Of(type, new JobAttributeData(attribute)).Name : null;

    /// <summary>Whether the client can have a property of this name without hiding what every object has.</summary>
    public static bool CanBeProperty(string clientName) =>
        SyntaxFacts.IsValidIdentifier(clientName)
        && clientName is not (nameof(Equals) or nameof(GetHashCode) or nameof(GetType) or nameof(ToString) or nameof(ReferenceEquals) or nameof(MemberwiseClone) or "Finalize");

    private static string? WithoutSuffix(string name, string suffix)
    {
        if (!name.EndsWith(suffix, StringComparison.Ordinal) || name.Length == suffix.Length)
        {
            return null;
        }

        // "_1Handler" leaves "_1"; what is left after a suffix always starts as the name did, so it stays an identifier.
        return name.Substring(0, name.Length - suffix.Length);
    }
}
