using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Analyzers;

/// <summary>A type with <c>[Job]</c>, as the analyzers see it.</summary>
internal sealed class JobDeclaration
{
    private JobDeclaration(INamedTypeSymbol type, AttributeData data, CancellationToken cancellationToken)
    {
        Type = type;
        Data = data;
        Attribute = new JobAttributeData(data);
        Identity = JobIdentity.Of(type, Attribute);
        Locations = new JobAttributeLocations(type, data, cancellationToken);
    }

    public INamedTypeSymbol Type { get; }

    public AttributeData Data { get; }

    public JobAttributeData Attribute { get; }

    public JobIdentity Identity { get; }

    public JobAttributeLocations Locations { get; }

    public bool IsContract => Type.TypeKind == TypeKind.Interface;

    /// <summary>The contract decides how this job is called.</summary>
    public bool HasContract => !IsContract && Attribute.Contract is not null;

    /// <summary>As messages show the type.</summary>
    public string DisplayName => Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    /// <summary>Null when the type is no job at all.</summary>
    public static JobDeclaration? Find(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.TypeKind is TypeKind.Class or TypeKind.Interface && JobAttributeData.FindOn(type) is { } data ? new JobDeclaration(type, data, cancellationToken) : null;
}
