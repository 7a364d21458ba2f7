using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>From the type of an input to the models of all types that have to be checked with it.</summary>
internal static class ValidationParser
{
    /// <summary>
    /// The types to check, the input's own first. Empty when there is nothing to check: a value type without rules, which cannot
    /// be null either. The same type gives the same model, whichever input it is reached from.
    /// </summary>
    public static EquatableArray<ValidatedTypeModel> Parse(ITypeSymbol root, Compilation compilation, CancellationToken ct)
    {
        var graph = new ValidationGraph(compilation, ct);
        var plain = ValidationShapes.WithoutNullable(root);
        var start = graph.Visit(plain);
        if (start is null || ValidationShapes.IsNullableValue(root))
        {
            start = new ValidationNode(root) { Underlying = start };
        }

        graph.Resolve();
        var canBeNull = ValidationShapes.CanBeNull(root);
        if (!canBeNull && !start.NeedsCheck)
        {
            return EquatableArray<ValidatedTypeModel>.Empty;
        }

        return graph.Nodes
            .Where(node => node.NeedsCheck && node != start)
            .OrderBy(node => node.Key, StringComparer.Ordinal)
            .Prepend(start)
            .Select(Model)
            .ToEquatableArray();
    }

    private static ValidatedTypeModel Model(ValidationNode node) => new()
    {
        Identifier = node.Identifier,
        TypeName = ValidationNames.CSharpName(node.Type),
        CanBeNull = ValidationShapes.CanBeNull(node.Type),
        HasCheck = node.NeedsCheck,
        DisplayName = node.DisplayName,
        IsRecursive = node.Type.IsReferenceType && node.IsRecursive(),
        IsConcrete = node.Type is not { IsAbstract: true },
        IsValidatableObject = node.IsValidatableObject,
        Underlying = node.Underlying is { NeedsCheck: true } underlying ? underlying.Identifier : null,
        Subtypes = node.Subtypes.Where(subtype => subtype.Node.NeedsCheck)
            .Select(subtype => new ValidatedSubtypeModel(ValidationNames.CSharpName(subtype.Type), subtype.Node.Identifier)).ToEquatableArray(),
        Members = node.Members.Select(Member).Where(member => member.HasOwnChecks || member.Nested is not null).ToEquatableArray(),
        Rules = node.TypeRules.ToEquatableArray(),
        Elements = node.Elements is { } elements ? Elements(node, elements) : null,
        MissingElements = node.Elements?.MissingElements ?? ValidatedMissingElements.Allowed,
        Fields = (node.Rules?.Fields ?? []).ToEquatableArray(),
        SuppressedMembers = (node.Rules?.SuppressedMembers ?? []).ToEquatableArray(),
        Used = Used(node),
        DependsOnLines = node.Rules?.DependsOnLines ?? false,
        Errors = (node.Rules?.Errors ?? []).ToEquatableArray(),
    };

    private static UsedSymbolsModel Used(ValidationNode node)
    {
        node.Used.AddType(node.Type);
        foreach (var (subtype, _) in node.Subtypes)
        {
            node.Used.AddType(subtype);
        }

        return node.Used.ToModel();
    }

    private static ValidatedMemberModel Member((ValidatedMemberModel Model, ValidationNode? Nested) member) =>
        member.Nested is { NeedsCheck: false } ? member.Model with { Nested = null } : member.Model;

    private static ValidatedElementsModel? Elements(ValidationNode node, ValidationElements elements)
    {
        var nested = node.Element is { NeedsCheck: true } element ? element.Identifier : null;
        return nested is null && node.MissingInElements == ValidatedMissingElements.Allowed ? null : new ValidatedElementsModel
        {
            Access = elements.Access,
            EnumerateAs = elements.EnumerateAs,
            CanBeNull = ValidationShapes.CanBeNull(elements.Type),
            Nested = nested,
            MissingElements = node.MissingInElements,
        };
    }
}
