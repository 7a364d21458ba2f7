using Jobs.Generator.Constants;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Looks at everything that one input or result is made of, by the models that its metadata is emitted from.</summary>
internal sealed class TravelCheck
{
    private readonly SymbolAnalysisContext _context;
    private readonly JobDeclaration _job;
    private readonly TravelGraph _graph;

    public TravelCheck(SymbolAnalysisContext context, JobDeclaration job, ITypeSymbol root)
    {
        _context = context;
        _job = job;
        _graph = TravelGraph.Create(root, context.Compilation, context.CancellationToken);
    }

    public void Run()
    {
        foreach (var node in _graph.Nodes)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            if (node.Model.Problem is { } problem && (node.IsRead || !node.Model.HasMetadata))
            {
                Report(Rules.TypeCannotTravel, node.Location, node.Path, problem);
            }
            else if (node.Type.SpecialType == SpecialType.System_Object)
            {
                Report(Rules.ObjectArrivesAsJson, node.Location, node.Path);
            }
            else if (node.Model.Object is { } model && node.IsRead && node.Type is INamedTypeSymbol type)
            {
                CheckParameters(node, type, model);
                CheckMembers(node, type, model);
            }
        }

        foreach (var (back, whole) in _graph.FindBackReferences())
        {
            Report(Rules.CircularReference, back.Location, back.Path, Names.Short(whole));
        }
    }

    /// <summary>The serializer finds a parameter's value by a member of the same name and type.</summary>
    private void CheckParameters(TravelNode node, INamedTypeSymbol type, JsonObjectModel model)
    {
        foreach (var parameter in model.Parameters)
        {
            if (model.Properties.Any(property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && property.TypeName == parameter.TypeName))
            {
                continue;
            }

            var symbol = type.InstanceConstructors.Select(constructor => constructor.Parameters.FirstOrDefault(candidate => candidate.Name == parameter.Name)).FirstOrDefault(static found => found is not null);
            Report(Rules.TypeCannotTravel, LocationOf(symbol) ?? node.Location, node.Path, $"the constructor of '{Names.Short(type)}' takes '{parameter.Name}', which no property of the same name and type keeps");
        }
    }

    private void CheckMembers(TravelNode node, INamedTypeSymbol type, JsonObjectModel model)
    {
        // Of compiled types it cannot be seen which properties hold a value and which compute one.
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            return;
        }

        foreach (var member in JsonTypeHierarchy.Of(type).SelectMany(static level => level.GetMembers()))
        {
            if (member is { IsStatic: false, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Public } && FindLoss(member, type, model) is { } reason && LocationOf(member) is { } location)
            {
                Report(Rules.MemberVanishes, location, $"{node.Path}.{member.Name}", reason);
            }
        }
    }

    private string? FindLoss(ISymbol member, INamedTypeSymbol type, JsonObjectModel model)
    {
        if (JsonAttributes.Has(member, "JsonIgnore") || JsonAttributes.Has(member, "JsonInclude") || JsonAttributes.Has(member, "JsonExtensionData"))
        {
            return null;
        }

        if (member is IFieldSymbol { IsConst: false })
        {
            return "fields do not travel; make it a property, or write [JsonInclude]";
        }

        if (member is not IPropertySymbol { IsIndexer: false, ExplicitInterfaceImplementations.IsEmpty: true } property
            || model.Parameters.Any(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        if (property.GetMethod is not { DeclaredAccessibility: Accessibility.Public } && property.SetMethod is { DeclaredAccessibility: Accessibility.Public } && property.OverriddenProperty is null)
        {
            return "it has no public getter, so it is never written";
        }

        if (property.SetMethod is { DeclaredAccessibility: Accessibility.Public } || property.IsAbstract
            || AutoProperties.Find(property, _context.CancellationToken) is not { } declaration
            || IsAlwaysTheSame(property, declaration)
            || IsPopulated(property, type, model))
        {
            return null;
        }

        return property.SetMethod is null
            ? "it has no setter, and no constructor's parameter to bring it back; make it init"
            : "its setter is not public, so it is never read; make it init, or write [JsonInclude]";
    }

    private static bool IsAlwaysTheSame(IPropertySymbol property, PropertyDeclarationSyntax declaration) =>
        property.SetMethod is null && declaration.Initializer?.Value is LiteralExpressionSyntax or PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax };

    /// <summary>A collection that is filled in place needs no setter.</summary>
    private static bool IsPopulated(IPropertySymbol property, INamedTypeSymbol type, JsonObjectModel model) =>
        (JsonAttributes.EnumArgument(property, "JsonObjectCreationHandling") ?? model.ObjectCreationHandling ?? JsonAttributes.EnumArgument(type, "JsonObjectCreationHandling"))
            ?.EndsWith(".Populate", StringComparison.Ordinal) ?? false;

    private void Report(DiagnosticDescriptor rule, Location? location, string path, string? reason = null) =>
        _context.ReportDiagnostic(Diagnostic.Create(rule, location ?? _job.Locations.Declaration, reason is null ? [path, _job.Identity.Name] : [path, _job.Identity.Name, reason]));

    private static Location? LocationOf(ISymbol? symbol) => symbol?.Locations.FirstOrDefault(static location => location.IsInSource);
}
