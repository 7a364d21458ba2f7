using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>
/// Collects the accessors that the metadata of one type needs. An accessor must be declared with the exact signature of its
/// target, so for a generic type it lives in a class with the same type parameters and constraints.
/// </summary>
internal sealed class JsonAccessors(string identifier)
{
    private readonly List<JsonAccessorModel> _models = [];
    private readonly List<Declaring> _declaring = [];

    /// <summary>The name under which to call the constructor.</summary>
    public string Constructor(IMethodSymbol constructor)
    {
        var declaring = Find(constructor);
        var parameters = constructor.OriginalDefinition.Parameters.Select((parameter, index) => $"{JsonTypeNames.NameOf(parameter.Type)} argument{index}");
        return Add(declaring, "Constructor", null, "Create", $"{declaring.DefinitionName} Create({string.Join(", ", parameters)})");
    }

    /// <summary>The name under which to call the getter.</summary>
    public string Getter(IMethodSymbol getter)
    {
        var declaring = Find(getter);
        var name = getter.MetadataName;
        return Add(declaring, "Method", null, name, $"{JsonTypeNames.NameOf(getter.OriginalDefinition.ReturnType)} {name}({declaring.Target})");
    }

    /// <summary>The name under which to call the setter.</summary>
    public string Setter(IMethodSymbol setter)
    {
        var declaring = Find(setter);
        var name = setter.MetadataName;
        return Add(declaring, "Method", null, name, $"void {name}({declaring.Target}, {JsonTypeNames.NameOf(setter.OriginalDefinition.Parameters[0].Type)} value)");
    }

    /// <summary>The name under which to get a reference to the field.</summary>
    public string Field(IFieldSymbol field)
    {
        var declaring = Find(field);
        var name = "field_" + field.MetadataName;
        return Add(declaring, "Field", field.MetadataName, name, $"ref {JsonTypeNames.NameOf(field.OriginalDefinition.Type)} {name}({declaring.Target})");
    }

    public EquatableArray<JsonAccessorModel> ToModels() => _models.ToEquatableArray();

    private string Add(Declaring declaring, string kind, string? target, string name, string signature)
    {
        var model = new JsonAccessorModel
        {
            Holder = declaring.Holder,
            Constraints = declaring.Constraints,
            Kind = kind,
            Target = target,
            Signature = signature,
        };
        if (!_models.Contains(model))
        {
            _models.Add(model);
        }

        return $"{declaring.Construction}.{name}";
    }

    /// <summary>What the accessors of one type's members have in common, which is written down once for all of them.</summary>
    private Declaring Find(ISymbol member)
    {
        var type = member.ContainingType;
        foreach (var known in _declaring)
        {
            if (SymbolEqualityComparer.Default.Equals(known.Type, type))
            {
                return known;
            }
        }

        var definition = type.OriginalDefinition;
        var definitionName = JsonTypeNames.NameOf(definition);
        var holder = identifier + "Accessors" + (_declaring.Count == 0 ? "" : (_declaring.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var parameters = JsonTypeParameters.Of(definition);
        var declaring = new Declaring(
            type,
            definitionName,
            holder + JsonTypeParameters.List(parameters),
            holder + JsonTypeParameters.List(JsonTypeParameters.ArgumentsOf(type)),
            parameters.Select(JsonTypeParameters.ConstraintOf).OfType<string>().ToEquatableArray(),
            $"{(definition.IsValueType ? "ref " : "")}{definitionName} target");
        _declaring.Add(declaring);
        return declaring;
    }

    /// <param name="Type">The type, as its members are reached.</param>
    /// <param name="DefinitionName">The name of its definition.</param>
    /// <param name="Holder">The class with its accessors, with the type's parameters.</param>
    /// <param name="Construction">The same with the type's arguments.</param>
    /// <param name="Constraints">The constraints of the parameters.</param>
    /// <param name="Target">The parameter for the object whose member it is.</param>
    private sealed record Declaring(INamedTypeSymbol Type, string DefinitionName, string Holder, string Construction, EquatableArray<string> Constraints, string Target);
}
