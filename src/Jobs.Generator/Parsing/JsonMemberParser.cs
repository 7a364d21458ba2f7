using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Parsing;

/// <summary>Collects the members of a type's hierarchy, the most derived first. The serializer itself decides between members of one name.</summary>
/// <param name="graph">Takes the members' types.</param>
/// <param name="accessors">Takes the accessors of members that can't be named.</param>
/// <param name="checksRequired">Whether the <c>required</c> keyword counts.</param>
internal sealed class JsonMemberParser(JsonGraph graph, JsonAccessors accessors, bool checksRequired)
{
    private readonly List<JsonPropertyModel> _members = [];
    private readonly Dictionary<string, IPropertySymbol> _ignored = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _diagnostics = new(StringComparer.Ordinal);
    private string _declaringType = "";
    private string _target = "";
    private string _argument = "";

    /// <summary>Why the type can't have metadata.</summary>
    public string? Problem { get; private set; }

    /// <summary>The diagnostics that naming the members causes.</summary>
    public SortedSet<string> Diagnostics => _diagnostics;

    public EquatableArray<JsonPropertyModel> ToModels() => _members.ToEquatableArray();

    public void AddMembersOf(INamedTypeSymbol type)
    {
        _declaringType = JsonTypeNames.NameOf(type);
        var value = type.IsValueType ? $"global::System.Runtime.CompilerServices.Unsafe.Unbox<{_declaringType}>(target)" : null;
        _target = value ?? $"(({_declaringType})target)";
        _argument = value is null ? $"({_declaringType})target" : $"ref {value}";
        var members = type.GetMembers();
        foreach (var member in members)
        {
            if (member is IPropertySymbol property && property is { IsStatic: false, Parameters.Length: 0, ExplicitInterfaceImplementations.Length: 0 } && !IsOverriddenAndIgnored(property))
            {
                AddProperty(property);
            }
        }

        foreach (var member in members)
        {
            // Fields travel only when they say so.
            if (member is IFieldSymbol field && field is { IsStatic: false, CanBeReferencedByName: true } && JsonAttributes.Has(field, "JsonInclude"))
            {
                AddField(field);
            }
        }
    }

    private void AddProperty(IPropertySymbol property)
    {
        var isIncluded = JsonAttributes.Has(property, "JsonInclude");
        var getter = property.GetMethod is { } get && (isIncluded || get.DeclaredAccessibility == Accessibility.Public) ? get : null;
        var setter = property.SetMethod is { } set && (isIncluded || set.DeclaredAccessibility == Accessibility.Public) ? set : null;
        if ((getter is null && setter is null) || Start(property, property.Type, property.RefKind) is not { } model)
        {
            return;
        }

        var isIgnored = IsIgnored(property);
        if (isIgnored)
        {
            _ignored[property.Name] = property;
        }

        if (!isIgnored && (JsonAttributes.IsUnsafeForTrimming(property) || JsonAttributes.IsUnsafeForTrimming(getter) || JsonAttributes.IsUnsafeForTrimming(setter)))
        {
            Problem ??= $"its property '{property.Name}' is marked as unsafe for trimming or native compilation";
            return;
        }

        _members.Add(model with
        {
            IsVirtual = property.IsVirtual || property.IsOverride || property.IsAbstract,
            HasJsonInclude = isIncluded,
            Getter = getter is null || isIgnored ? null : Get(property, getter),
            Setter = setter is null || isIgnored ? null : Set(property, setter),
        });
    }

    private void AddField(IFieldSymbol field)
    {
        if (Start(field, field.Type, field.RefKind) is not { } model)
        {
            return;
        }

        var isIgnored = IsIgnored(field);
        var reference = graph.CanName(field)
            ? $"{_target}.{Escape(field.Name)}"
            : $"{accessors.Field(field)}({_argument})";
        _members.Add(model with
        {
            IsField = true,
            HasJsonInclude = true,
            Getter = isIgnored ? null : reference,
            Setter = isIgnored || field.IsReadOnly ? null : reference + " = value",
        });
    }

    /// <summary>What properties and fields have in common; null when the member is left out or a problem.</summary>
    private JsonPropertyModel? Start(ISymbol member, ITypeSymbol type, RefKind refKind)
    {
        var isIgnored = IsIgnored(member);
        var problem = refKind == RefKind.None ? JsonUnsupported.FindUnnameable(type, graph) : "it is a reference";
        if (problem is not null)
        {
            if (!isIgnored)
            {
                Problem ??= $"its member '{member.Name}' of {type.ToDisplayString()} can't travel: {problem}";
            }

            return null;
        }

        string? converter = null;
        if (!isIgnored && JsonAttributes.FindConverter(member) is { } attribute)
        {
            converter = JsonConverterParser.Parse(attribute, type, graph, out var converterProblem);
            if (converter is null)
            {
                Problem ??= $"its member '{member.Name}' can't travel: {converterProblem}";
                return null;
            }
        }

        JsonAttributes.AddDiagnosticsOf(member, _diagnostics);
        JsonAttributes.AddDiagnosticsOfType(type, _diagnostics);
        var typeName = isIgnored ? JsonTypeNames.NameOf(JsonTypeNames.Erase(type, graph.Compilation))
            : converter is not null ? graph.AddAside(type)
            : graph.Add(type, member, IsRead(member));
        return new JsonPropertyModel
        {
            Name = member.Name,
            TypeName = typeName,
            DeclaringTypeName = _declaringType,
            Converter = converter,
            HasTypeWithoutMetadata = converter is not null && JsonUnsupported.Find(type, graph) is not null,
            IgnoreCondition = IgnoreConditionOf(member),
            IsExtensionData = JsonAttributes.Has(member, "JsonExtensionData"),
            JsonName = JsonAttributes.ArgumentOf(JsonAttributes.Find(member, "JsonPropertyName")) is string name ? JsonLiterals.Of(name) : null,
            NumberHandling = JsonAttributes.EnumArgument(member, "JsonNumberHandling"),
            ObjectCreationHandling = JsonAttributes.EnumArgument(member, "JsonObjectCreationHandling"),
            Order = JsonAttributes.ArgumentOf(JsonAttributes.Find(member, "JsonPropertyOrder")) is int order ? order : 0,
            IsRequired = JsonAttributes.Has(member, "JsonRequired")
                || (checksRequired && member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }),
            IsRedacted = IsRedacted(member),
            RefusesNullOnWrite = JsonNullability.RefusesWhenWritten(member, type),
            RefusesNullOnRead = JsonNullability.RefusesWhenRead(member, type),
        };
    }

    /// <summary>Whether the member says so, or one that it overrides.</summary>
    private static bool IsRedacted(ISymbol member)
    {
        for (var declared = member; declared is not null; declared = (declared as IPropertySymbol)?.OverriddenProperty)
        {
            if (JobsTypes.FindRedacted(declared) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRead(ISymbol member) => member switch
    {
        IPropertySymbol { SetMethod: { } setter } => setter.DeclaredAccessibility == Accessibility.Public || JsonAttributes.Has(member, "JsonInclude"),
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };

    private string Get(IPropertySymbol property, IMethodSymbol getter) => graph.CanName(getter) && !JsonAttributes.IsObsoleteAsError(property)
        ? $"{_target}.{Escape(property.Name)}"
        : $"{accessors.Getter(getter)}({_argument})";

    private string Set(IPropertySymbol property, IMethodSymbol setter)
    {
        if (!setter.IsInitOnly && graph.CanName(setter) && !JsonAttributes.IsObsoleteAsError(property))
        {
            return $"{_target}.{Escape(property.Name)} = value";
        }

        return $"{accessors.Setter(setter)}({_argument}, value)";
    }

    private static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string? IgnoreConditionOf(ISymbol member)
    {
        const string Condition = "global::System.Text.Json.Serialization.JsonIgnoreCondition.";
        if (JsonAttributes.Find(member, "JsonIgnore") is not { } attribute)
        {
            return null;
        }

        foreach (var argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Condition", Value: { Type: { } type, Value: { } value } })
            {
                var field = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value));
                return field is null ? $"({JsonTypeNames.NameOf(type)}){value}" : Condition + field.Name;
            }
        }

        return Condition + "Always";
    }

    private static bool IsIgnored(ISymbol member) => IgnoreConditionOf(member) is { } condition && condition.EndsWith(".Always", StringComparison.Ordinal);

    /// <summary>An override that is ignored hides what it overrides.</summary>
    private bool IsOverriddenAndIgnored(IPropertySymbol property) =>
        _ignored.TryGetValue(property.Name, out var ignored)
        && (ignored.IsVirtual || ignored.IsOverride || ignored.IsAbstract)
        && (property.IsVirtual || property.IsOverride || property.IsAbstract)
        && SymbolEqualityComparer.Default.Equals(ignored.Type, property.Type);
}
