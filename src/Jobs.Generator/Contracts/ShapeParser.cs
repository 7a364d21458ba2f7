using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Contracts;

/// <summary>
/// From types to what they look like as JSON. What a type is to the serializer is asked of the models that its metadata is emitted
/// from, so that contracts and metadata cannot disagree.
/// </summary>
internal sealed class ShapeParser(Compilation compilation, CancellationToken cancellationToken)
{
    private static readonly SymbolDisplayFormat s_name = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private readonly JsonGraph _graph = new(compilation);
    private readonly Dictionary<string, ITypeSymbol> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Member), ISymbol> _members = [];

    public SortedDictionary<string, TypeShape> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The declaration of a named type.</summary>
    public ITypeSymbol? FindSymbol(string type) => _symbols.TryGetValue(type, out var symbol) ? symbol : null;

    /// <summary>The declaration of a member, by its name in JSON.</summary>
    public ISymbol? FindMember(string type, string member) => _members.TryGetValue((type, member), out var symbol) ? symbol : null;

    /// <summary>The type as contracts write it; everything that it is made of is added to <see cref="Types"/>.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isNullable">Whether null is allowed where the type stands.</param>
    public string Add(ITypeSymbol type, bool isNullable)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ValidationShapes.IsNullableValue(type))
        {
            return Add(((INamedTypeSymbol)type).TypeArguments[0], isNullable: true);
        }

        return Describe(type) + (isNullable ? "?" : "");
    }

    private string Describe(ITypeSymbol type)
    {
        if (JsonAttributes.FindConverter(type) is { } converter)
        {
            return ConverterName(converter);
        }

        if (ScalarNames.Of(type) is { } scalar)
        {
            return scalar;
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return AddEnum((INamedTypeSymbol)type);
        }

        var model = JsonTypeParser.Parse(JsonTypeNames.Erase(type, compilation), _graph);
        return model.Kind switch
        {
            JsonTypeKind.Collection => DescribeCollection(type),
            JsonTypeKind.Object => AddObject((INamedTypeSymbol)type, model.Object!),
            _ => "unsupported",
        };
    }

    private static string ConverterName(AttributeData converter) =>
        $"converter({(JsonAttributes.ArgumentOf(converter) as ITypeSymbol ?? converter.AttributeClass!).ToDisplayString(s_name)})";

    private string AddEnum(INamedTypeSymbol type)
    {
        var name = type.ToDisplayString(s_name);
        if (!Types.ContainsKey(name))
        {
            _symbols[name] = type;
            var members = type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).ToArray();
            foreach (var member in members)
            {
                _members[(name, member.Name)] = member;
            }

            Types[name] = new EnumShape(
                ScalarNames.Of(type.EnumUnderlyingType!)!,
                [.. members.Select(static member => new KeyValuePair<string, decimal>(member.Name, Convert.ToDecimal(member.ConstantValue, System.Globalization.CultureInfo.InvariantCulture)))]);
        }

        return name;
    }

    private string DescribeCollection(ITypeSymbol type)
    {
        if (ValidationElements.Of(type) is not { } elements)
        {
            return type is INamedTypeSymbol { TypeArguments.Length: 1 } memory ? $"{TypeExpression.Array}<{Add(memory.TypeArguments[0], false)}>"
                : type.AllInterfaces.Any(static contract => contract.Name == "IDictionary") ? $"{TypeExpression.Map}<string,any>" : $"{TypeExpression.Array}<any>";
        }

        var element = Add(elements.Type, elements.Type.IsReferenceType && elements.MissingElements == ValidatedMissingElements.Allowed);
        if (elements.Access == ValidatedElementsAccess.Dictionary)
        {
            return $"{TypeExpression.Map}<{Add(KeyOf(type), false)},{element}>";
        }

        var isSet = type.AllInterfaces.Append(type).Any(static contract => contract.Name is "ISet" or "IReadOnlySet" or "IImmutableSet");
        var isStack = type.Name is "Stack" or "ConcurrentStack" or "ImmutableStack" or "IImmutableStack";
        return $"{(isSet ? TypeExpression.Set : isStack ? TypeExpression.Stack : TypeExpression.Array)}<{element}>";
    }

    private static ITypeSymbol KeyOf(ITypeSymbol type) => type.AllInterfaces.Append(type).OfType<INamedTypeSymbol>()
        .First(static contract => contract is { Name: "IDictionary" or "IReadOnlyDictionary", TypeArguments.Length: 2 }).TypeArguments[0];

    private string AddObject(INamedTypeSymbol type, JsonObjectModel model)
    {
        var name = type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(s_name);
        if (Types.ContainsKey(name))
        {
            return name;
        }

        // There before its members are, because they may be of the same type.
        Types[name] = new ObjectShape { Members = [] };
        _symbols[name] = type;
        var derived = Derived(type).ToList();
        Types[name] = new ObjectShape
        {
            Members = Members(name, type, model),
            IsAbstract = model.Creator is null && model.CreatorWithParameters is null,
            IsClosed = model.UnmappedMemberHandling?.EndsWith(".Disallow", StringComparison.Ordinal) ?? false,
            KeepsUnknown = model.Properties.Any(static property => property.IsExtensionData),
            Discriminator = derived.Count == 0 ? null : JsonAttributes.Find(type, "JsonPolymorphic") is { } polymorphic && Named(polymorphic, "TypeDiscriminatorPropertyName") is string discriminator ? discriminator : "$type",
            Derived = derived,
        };
        return name;
    }

    private IEnumerable<KeyValuePair<string, string>> Derived(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { } attributeClass && JsonAttributes.IsNamed(attributeClass, "System.Text.Json.Serialization", "JsonDerivedTypeAttribute")
                && JsonAttributes.ArgumentOf(attribute) is INamedTypeSymbol { IsUnboundGenericType: false } derived && JsonAttributes.ArgumentOf(attribute, 1) is { } discriminator
                && !SymbolEqualityComparer.Default.Equals(derived, type))
            {
                yield return new(Convert.ToString(discriminator, System.Globalization.CultureInfo.InvariantCulture)!, Add(derived, false));
            }
        }
    }

    private List<KeyValuePair<string, MemberShape>> Members(string typeName, INamedTypeSymbol type, JsonObjectModel model)
    {
        var shapes = new List<KeyValuePair<string, MemberShape>>();
        foreach (var property in model.Properties)
        {
            var parameter = model.Parameters.FirstOrDefault(candidate => string.Equals(candidate.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            var jsonName = property.JsonName is { } literal ? ReadLiteral(literal) : CamelCase.Convert(property.Name);
            if (property.IsExtensionData || (property.Setter is null && parameter is null) || Find(type, property) is not { } symbol || shapes.Any(shape => shape.Key == jsonName))
            {
                continue;
            }

            var memberType = symbol is IPropertySymbol declared ? declared.Type : ((IFieldSymbol)symbol).Type;
            var canBeNull = memberType.IsReferenceType && (parameter?.IsNullable ?? !property.RefusesNullOnRead);
            var description = JsonAttributes.FindConverter(symbol) is { } converter ? ConverterName(converter) + (canBeNull ? "?" : "") : Add(memberType, canBeNull);
            var isRequired = property.IsRequired || (parameter is not null ? parameter.DefaultValue is null : memberType.IsReferenceType && !canBeNull && IsLeftNull(symbol));
            _members[(typeName, jsonName)] = symbol;
            shapes.Add(new(jsonName, new MemberShape(description, isRequired)));
        }

        return shapes;
    }

    /// <summary>
    /// Whether a member that may not be null is, unless it is read: then a text without it is refused by validation. Only for types
    /// of this assembly, because an initializer cannot be seen in a compiled one.
    /// </summary>
    private bool IsLeftNull(ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, compilation.Assembly)
        && member is IPropertySymbol property
        && Constants.AutoProperties.Find(property, cancellationToken) is { Initializer: null or { Value: PostfixUnaryExpressionSyntax } }
        && !Constants.UnsetMembers.IsMentioned(property.ContainingType, property, cancellationToken);

    private static ISymbol? Find(INamedTypeSymbol type, JsonPropertyModel property) => JsonTypeHierarchy.Of(type)
        .SelectMany(level => level.GetMembers(property.Name))
        .FirstOrDefault(member => member is IPropertySymbol or IFieldSymbol);

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private static string ReadLiteral(string literal) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression(literal) is LiteralExpressionSyntax { Token.Value: string text } ? text : literal;
}
