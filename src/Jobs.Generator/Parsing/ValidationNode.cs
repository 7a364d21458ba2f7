using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>A type in the graph that starts at an input, before it is known whether it needs checking.</summary>
internal sealed class ValidationNode(ITypeSymbol type)
{
    private string? _identifier;

    public ITypeSymbol Type => type;

    public string Key { get; } = ValidationNames.Key(type);

    public string Identifier => _identifier ??= ValidationNames.Identifier(Key);

    public bool HasOwnRules { get; set; }

    public bool NeedsCheck { get; set; }

    /// <summary>Where values of other types are reached from.</summary>
    public List<ValidationNode> Reachable { get; } = [];

    public List<(ValidatedMemberModel Model, ValidationNode? Nested)> Members { get; } = [];

    public List<(INamedTypeSymbol Type, ValidationNode Node)> Subtypes { get; } = [];

    public List<ValidationRuleModel> TypeRules { get; } = [];

    public ValidationRules? Rules { get; set; }

    public UsedSymbols Used { get; } = new();

    public string DisplayName { get; set; } = ValidationNames.Literal(ValidationNames.RuntimeName(type));

    public bool IsValidatableObject { get; set; }

    public ValidationElements? Elements { get; set; }

    public ValidationNode? Element { get; set; }

    /// <summary>For a collection of collections, what is to be said about nulls in the inner ones.</summary>
    public ValidatedMissingElements MissingInElements { get; set; }

    /// <summary>For <c>T?</c> of a struct, T.</summary>
    public ValidationNode? Underlying { get; set; }

    /// <summary>Whether a value can contain itself, going by the types.</summary>
    public bool IsRecursive()
    {
        var seen = new HashSet<ValidationNode>();
        var open = new Stack<ValidationNode>(Reachable);
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (node == this)
            {
                return true;
            }

            if (node.NeedsCheck && seen.Add(node))
            {
                foreach (var next in node.Reachable)
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }
}
