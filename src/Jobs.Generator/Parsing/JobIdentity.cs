using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>How a job is called, by the declaration that decides it: the handler itself, or its contract.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="ClientName">The property on the client.</param>
/// <param name="Attribute">What the deciding declaration says.</param>
internal sealed record JobIdentity(string Name, string ClientName, JobAttributeData Attribute)
{
    /// <summary>The identity of a type with <c>[Job]</c>.</summary>
    public static JobIdentity Of(INamedTypeSymbol type, JobAttributeData attribute) =>
        type.TypeKind == TypeKind.Class && attribute.Contract is { TypeKind: not TypeKind.Error } contract
            ? Declare(contract, new JobAttributeData(JobAttributeData.FindOn(contract)))
            : Declare(type, attribute);

    private static JobIdentity Declare(INamedTypeSymbol type, JobAttributeData attribute)
    {
        var clientName = attribute.ClientName ?? JobNaming.GetClientName(type);
        return new JobIdentity(attribute.Name ?? JobNaming.GetStoredName(clientName), clientName, attribute);
    }
}
