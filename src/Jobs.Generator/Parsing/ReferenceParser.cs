using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Reads what a referenced assembly says of its jobs. Everything is text, so nothing is bound and the answer lasts as long as the reference.</summary>
internal static class ReferenceParser
{
    /// <summary>Null when the reference has no jobs, or emitted code cannot reach it through <c>global::</c>.</summary>
    public static ReferencedAssemblyModel? Parse(MetadataReference reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!reference.Properties.Aliases.IsDefaultOrEmpty && !reference.Properties.Aliases.Contains(MetadataReferenceProperties.GlobalAlias))
        {
            return null;
        }

        return reference switch
        {
            CompilationReference compilation => Parse(compilation.Compilation.Assembly),
            PortableExecutableReference executable => PortableExecutableParser.Parse(executable),
            _ => null,
        };
    }

    /// <summary>Null when the assembly has no jobs.</summary>
    public static ReferencedAssemblyModel? Parse(IAssemblySymbol assembly) => ReferencedAttributes.ToModel(
        assembly.Name,
        assembly.GetAttributes()
            .Where(static attribute => attribute.AttributeClass is not null)
            .Select(static attribute => (
                ReferencedAttributes.Classify(attribute.AttributeClass!.ContainingNamespace.ToDisplayString(), attribute.AttributeClass.Name),
                attribute.ConstructorArguments.Select(static argument => argument is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : "").ToArray())));
}
