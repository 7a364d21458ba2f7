using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Parsing;

/// <summary>Finds the classes that upgrade inputs.</summary>
internal static class UpgraderParser
{
    private const string InterfaceName = "IJobInputUpgrader";

    /// <summary>By name only; what is found is looked at in detail.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) =>
        node is ClassDeclarationSyntax { BaseList.Types: var classBases } && NamesInterface(classBases)
        || node is RecordDeclarationSyntax { BaseList.Types: var recordBases } && NamesInterface(recordBases);

    public static EquatableArray<UpgraderModel> Parse(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var compilation = context.SemanticModel.Compilation;
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is not INamedTypeSymbol type
            || HandlerParser.FindProblem(type, compilation) != HandlerProblem.None)
        {
            return EquatableArray<UpgraderModel>.Empty;
        }

        return InterfacesOf(type)
            .Where(contract => contract.TypeArguments.All(argument => TypeAccess.CanBeNamed(argument, compilation)))
            .Select(contract => new UpgraderModel
            {
                Type = TypeNames.GetUnannotated(type),
                Services = ConstructorParser.Parse(type, compilation),
                Old = TypeNames.ToModel(contract.TypeArguments[0]),
                New = TypeNames.ToModel(contract.TypeArguments[1]),
                JsonTypes = JsonGraphParser.Parse([contract.TypeArguments[0]], compilation, cancellationToken),
            })
            .ToEquatableArray();
    }

    /// <summary>The interfaces that the type names itself.</summary>
    public static IEnumerable<INamedTypeSymbol> InterfacesOf(INamedTypeSymbol type) => type.Interfaces.Where(JobsTypes.IsInputUpgrader);

    private static bool NamesInterface(IEnumerable<BaseTypeSyntax> bases)
    {
        foreach (var type in bases)
        {
            var name = type.Type switch
            {
                QualifiedNameSyntax qualified => qualified.Right,
                AliasQualifiedNameSyntax alias => alias.Name,
                var other => other as SimpleNameSyntax,
            };
            if (name is GenericNameSyntax { Identifier.ValueText: InterfaceName })
            {
                return true;
            }
        }

        return false;
    }
}
