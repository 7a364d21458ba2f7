using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The types that values of an input are made of, with their rules.</summary>
internal sealed class ValidationGraph(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, ValidationNode> _nodes = new(StringComparer.Ordinal);

    public IEnumerable<ValidationNode> Nodes => _nodes.Values;

    /// <summary>The node of a type, with all that can be reached from it; null for types whose values are never looked into.</summary>
    public ValidationNode? Visit(ITypeSymbol type) => Visit(type, ValidationElements.Of(type));

    private ValidationNode? Visit(ITypeSymbol type, ValidationElements? elements)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hasMembers = ValidationShapes.HasMembers(type);
        if ((elements is null && !hasMembers) || !(TypeAccess.IsPublic(type) || TypeAccess.IsAccessible(type, compilation)))
        {
            return null;
        }

        var node = new ValidationNode(type);
        if (_nodes.TryGetValue(node.Key, out var known))
        {
            return known;
        }

        _nodes.Add(node.Key, node);
        if (hasMembers)
        {
            AddMembers(node, (INamedTypeSymbol)type);
            foreach (var subtype in ValidationSubtypes.Of((INamedTypeSymbol)type, compilation, cancellationToken))
            {
                if (Visit(subtype) is { } subnode)
                {
                    node.Subtypes.Add((subtype, subnode));
                    node.Reachable.Add(subnode);
                }
            }
        }

        if (elements is not null)
        {
            AddElements(node, elements);
        }

        return node;
    }

    /// <summary>Finds the nodes that need checking: those with rules of their own and those from which such are reached.</summary>
    public void Resolve()
    {
        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var node in _nodes.Values)
            {
                if (!node.NeedsCheck && (node.HasOwnRules || node.Reachable.Any(next => next.NeedsCheck)))
                {
                    node.NeedsCheck = changed = true;
                }
            }
        }
    }

    private void AddElements(ValidationNode node, ValidationElements elements)
    {
        node.Elements = elements;
        var element = ValidationShapes.WithoutNullable(elements.Type);
        var inner = ValidationElements.Of(element);
        node.Element = Visit(element, inner);
        node.MissingInElements = Missing(inner);
        if (node.Element is not null)
        {
            node.Reachable.Add(node.Element);
        }

        node.HasOwnRules |= node.MissingInElements != ValidatedMissingElements.Allowed;
    }

    private void AddMembers(ValidationNode node, INamedTypeSymbol type)
    {
        var rules = node.Rules = new ValidationRules(type, compilation);
        node.DisplayName = rules.DisplayName(ValidationAttributes.DisplayOfType(type), type.MetadataName, "Type");
        foreach (var member in ValidationMember.Of(type, compilation, cancellationToken))
        {
            AddMember(node, rules, member);
        }

        foreach (var attribute in ValidationAttributes.OfType(type))
        {
            node.Used.AddAttribute(attribute);
            if (rules.Create(attribute, type, null, "Type") is { } rule)
            {
                node.TypeRules.Add(rule);
            }
        }

        node.IsValidatableObject = type.AllInterfaces.Any(contract =>
            contract.Name == "IValidatableObject" && FrameworkTypes.IsNamespace(contract.ContainingNamespace, ValidationAttributes.FrameworkNamespace));
        node.HasOwnRules |= node.TypeRules.Count > 0 || node.IsValidatableObject || rules.Errors.Count > 0;
    }

    private void AddMember(ValidationNode node, ValidationRules rules, ValidationMember member)
    {
        var property = member.Property;
        var plain = ValidationShapes.WithoutNullable(property.Type);
        var attributes = ValidationAttributes.OfMember(member.Declarations);
        var required = attributes.FirstOrDefault(attribute => IsRequired(attribute.AttributeClass));
        var elements = member.IsData ? ValidationElements.Of(plain) : null;
        var nested = member.IsData ? Visit(plain, elements) : null;
        var model = new ValidatedMemberModel
        {
            Name = property.Name,
            Access = ValidationNames.EscapeKeyword(property.Name),
            DisplayName = attributes.Count > 0 || member.IsData
                ? rules.DisplayName(ValidationAttributes.DisplayOfMember(member.Declarations), property.Name, property.Name)
                : ValidationNames.Literal(property.Name),
            IsNonNullable = member.IsNonNullable,
            Required = required is null ? null : rules.Create(required, property.Type, member, property.Name),
            Rules = attributes.Where(attribute => attribute != required)
                .Select(attribute => rules.Create(attribute, property.Type, member, property.Name))
                .Where(rule => rule is not null).Select(rule => rule!).ToEquatableArray(),
            MissingElements = Missing(elements),
            Nested = nested?.Identifier,
        };
        rules.NoteSuppressions(member.Declarations);
        node.Used.Add(property);
        node.Used.AddType(property.Type);
        foreach (var attribute in attributes)
        {
            node.Used.AddAttribute(attribute);
        }

        node.HasOwnRules |= model.HasOwnChecks;
        if (model.HasOwnChecks || nested is not null)
        {
            node.Members.Add((model, nested));
        }

        if (nested is not null)
        {
            node.Reachable.Add(nested);
        }
    }

    private static ValidatedMissingElements Missing(ValidationElements? elements) => elements?.MissingElements ?? ValidatedMissingElements.Allowed;

    private static bool IsRequired(INamedTypeSymbol? type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level.Name == "RequiredAttribute" && FrameworkTypes.IsNamespace(level.ContainingNamespace, ValidationAttributes.FrameworkNamespace))
            {
                return true;
            }
        }

        return false;
    }
}
