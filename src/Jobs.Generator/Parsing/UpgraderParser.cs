using System.Collections.Immutable;
using Jobs.Generator.Models;
using Jobs.Generator.Surfaces;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Parsing;

/// <summary>Finds the classes that upgrade inputs.</summary>
internal static class UpgraderParser
{
    private const string InterfaceName = "IJobInputUpgrader";

    /// <summary>All upgraders of a compilation. Files are found by name only; what is found is looked at in detail, unless it is known and depends on nothing that changed.</summary>
    public static ImmutableArray<UpgraderModel> Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        var surface = CompilationSurface.Of(compilation, cancellationToken);
        var upgraders = ImmutableArray.CreateBuilder<UpgraderModel>();
        foreach (var tree in compilation.SyntaxTrees.Where(tree => surface.MayInherit(tree, InterfaceName)))
        {
            upgraders.AddRange(ParsedUpgraders.Get(tree, surface, () => Parse(tree, compilation, cancellationToken).ToEquatableArray()));
        }

        return upgraders.ToImmutable();
    }

    private static IEnumerable<UpgraderModel> Parse(SyntaxTree tree, Compilation compilation, CancellationToken cancellationToken)
    {
        var model = compilation.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            if (node is { BaseList: not null } and (ClassDeclarationSyntax or RecordDeclarationSyntax) && model.GetDeclaredSymbol(node, cancellationToken) is INamedTypeSymbol type)
            {
                foreach (var upgrader in Parse(type, compilation, cancellationToken))
                {
                    yield return upgrader;
                }
            }
        }
    }

    private static IEnumerable<UpgraderModel> Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (HandlerParser.FindProblem(type, compilation) != HandlerProblem.None)
        {
            return [];
        }

        return InterfacesOf(type)
            .Where(contract => contract.TypeArguments.All(argument => TypeAccess.CanBeNamed(argument, compilation)))
            .Select(contract => new UpgraderModel
            {
                Type = TypeNames.GetUnannotated(type),
                Used = GetUsed(type, contract, compilation),
                Services = ConstructorParser.Parse(type, compilation),
                Old = TypeNames.ToModel(contract.TypeArguments[0]),
                New = TypeNames.ToModel(contract.TypeArguments[1]),
                JsonTypes = JsonGraphParser.Parse([contract.TypeArguments[0]], compilation, cancellationToken),
            });
    }

    private static UsedSymbolsModel GetUsed(INamedTypeSymbol type, INamedTypeSymbol contract, Compilation compilation)
    {
        var used = new UsedSymbols();
        used.AddType(type);
        used.AddType(contract);
        used.AddMethod(ConstructorParser.Choose(type, compilation));
        return used.ToModel();
    }

    /// <summary>The interfaces that the type names itself.</summary>
    public static IEnumerable<INamedTypeSymbol> InterfacesOf(INamedTypeSymbol type) => type.Interfaces.Where(JobsTypes.IsInputUpgrader);
}
