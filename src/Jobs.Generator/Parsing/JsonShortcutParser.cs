using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>
/// Finds the types that are read and written directly: classes with members of their own of types that JSON has, and without an
/// attribute that changes how they travel. Everything else stays with the serializer.
/// </summary>
internal static class JsonShortcutParser
{
    private const int MaxMembers = 32;

    private static readonly HashSet<string> s_types =
    [
        "string", "bool", "byte", "short", "int", "uint", "long", "ulong", "double", "decimal",
        "global::System.Guid", "global::System.DateTime", "global::System.DateTimeOffset",
    ];

    public static JsonShortcutModel? Parse(INamedTypeSymbol type, IMethodSymbol? constructor, JsonTypeModel model, JsonObjectModel shape, JsonAccessors accessors, JsonGraph graph)
    {
        var members = shape.Properties;
        if (type.TypeKind != TypeKind.Class
            || type.IsAbstract
            || constructor is null
            || model.NumberHandling is not null
            || shape.UnmappedMemberHandling is not null
            || shape.ObjectCreationHandling is not null
            || members.Count is 0 or > MaxMembers
            || members.Any(member => !IsSimple(member) || member.DeclaringTypeName != model.TypeName)
            || members.Select(static member => member.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() != members.Count)
        {
            return null;
        }

        var byParameter = new int[shape.Parameters.Count];
        for (var i = 0; i < byParameter.Length; i++)
        {
            byParameter[i] = IndexOf(members, shape.Parameters[i]);
            if (byParameter[i] < 0)
            {
                return null;
            }
        }

        var all = Enumerable.Range(0, members.Count).ToList();
        var assigned = all.Except(byParameter).ToEquatableArray();
        if (assigned.Any(index => members[index].Setter is null))
        {
            return null;
        }

        var arguments = string.Join(", ", byParameter.Select(static index => $"member{index}"));
        return JsonConstructorParser.Create(type, constructor, arguments, accessors, graph) is { } creation
            ? new JsonShortcutModel
            {
                Creation = creation,
                Assigned = assigned,
                Optional = all.Where(index => IsOptional(members[index], index, byParameter, shape.Parameters)).ToEquatableArray(),
            }
            : null;
    }

    private static bool IsSimple(JsonPropertyModel member) =>
        s_types.Contains(member.TypeName)
        && member is { Getter: not null, IsExtensionData: false, IgnoreCondition: null, NumberHandling: null, ObjectCreationHandling: null, Converter: null, HasTypeWithoutMetadata: false, Order: 0, IsVirtual: false };

    private static int IndexOf(EquatableArray<JsonPropertyModel> members, JsonParameterModel parameter)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (string.Equals(members[i].Name, parameter.Name, StringComparison.OrdinalIgnoreCase))
            {
                return members[i].TypeName == parameter.TypeName ? i : -1;
            }
        }

        return -1;
    }

    private static bool IsOptional(JsonPropertyModel member, int index, int[] byParameter, EquatableArray<JsonParameterModel> parameters)
    {
        var parameter = Array.IndexOf(byParameter, index);
        return member is { TypeName: "string", RefusesNullOnRead: false } && (parameter < 0 || parameters[parameter].IsNullable);
    }
}
