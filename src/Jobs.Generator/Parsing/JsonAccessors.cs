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
    private readonly List<string> _declaringTypes = [];

    /// <summary>The name under which to call the constructor.</summary>
    public string Constructor(IMethodSymbol constructor)
    {
        var type = constructor.OriginalDefinition.ContainingType;
        var parameters = constructor.OriginalDefinition.Parameters.Select((parameter, index) => $"{JsonTypeNames.NameOf(parameter.Type)} argument{index}");
        return Add(constructor, "Constructor", null, JsonTypeNames.NameOf(type), "Create", string.Join(", ", parameters));
    }

    /// <summary>The name under which to call the getter.</summary>
    public string Getter(IMethodSymbol getter) =>
        Add(getter, "Method", getter.MetadataName, JsonTypeNames.NameOf(getter.OriginalDefinition.ReturnType), getter.MetadataName, Target(getter));

    /// <summary>The name under which to call the setter.</summary>
    public string Setter(IMethodSymbol setter)
    {
        var value = JsonTypeNames.NameOf(setter.OriginalDefinition.Parameters[0].Type);
        return Add(setter, "Method", setter.MetadataName, "void", setter.MetadataName, $"{Target(setter)}, {value} value");
    }

    /// <summary>The name under which to get a reference to the field.</summary>
    public string Field(IFieldSymbol field) =>
        Add(field, "Field", field.MetadataName, "ref " + JsonTypeNames.NameOf(field.OriginalDefinition.Type), "field_" + field.MetadataName, Target(field));

    public EquatableArray<JsonAccessorModel> ToModels() => _models.ToEquatableArray();

    private string Add(ISymbol member, string kind, string? target, string returns, string name, string parameters)
    {
        var declaringType = member.ContainingType;
        var typeName = JsonTypeNames.NameOf(declaringType);
        var index = _declaringTypes.IndexOf(typeName);
        if (index < 0)
        {
            index = _declaringTypes.Count;
            _declaringTypes.Add(typeName);
        }

        var holder = identifier + "Accessors" + (index == 0 ? "" : (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var typeParameters = JsonTypeParameters.Of(declaringType.OriginalDefinition);
        var model = new JsonAccessorModel
        {
            Holder = holder + JsonTypeParameters.List(typeParameters),
            Constraints = typeParameters.Select(JsonTypeParameters.ConstraintOf).OfType<string>().ToEquatableArray(),
            Kind = kind,
            Target = target,
            Signature = $"{returns} {name}({parameters})",
        };
        if (!_models.Contains(model))
        {
            _models.Add(model);
        }

        return $"{holder}{JsonTypeParameters.List(JsonTypeParameters.ArgumentsOf(declaringType))}.{name}";
    }

    private static string Target(ISymbol member)
    {
        var type = member.OriginalDefinition.ContainingType;
        return (type.IsValueType ? "ref " : "") + JsonTypeNames.NameOf(type) + " target";
    }
}
