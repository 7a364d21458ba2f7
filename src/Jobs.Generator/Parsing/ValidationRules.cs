using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Turns the attributes of one type into rules, and collects the shared objects that these need.</summary>
internal sealed class ValidationRules(INamedTypeSymbol owner, Compilation compilation)
{
    private const string Space = "global::" + ValidationAttributes.FrameworkNamespace;
    private const string Metadata = "global::Jobs.Metadata";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public List<ValidationFieldModel> Fields { get; } = [];

    public List<string> Errors { get; } = [];

    /// <summary>The documentation ids of declarations that carry attributes which are unsafe for trimming.</summary>
    public SortedSet<string> SuppressedMembers { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an attribute was told the line that it stands on.</summary>
    public bool DependsOnLines { get; private set; }

    /// <summary>The class with the shared objects.</summary>
    public string Holder { get; } = "Rules_" + ValidationNames.Identifier(ValidationNames.Key(owner));

    /// <summary>A name in messages: the [Display] name, where there is one.</summary>
    public string DisplayName(AttributeData? display, string fallback, string field)
    {
        if (display is null)
        {
            return ValidationNames.Literal(fallback);
        }

        if (display.NamedArguments.Any(named => named.Key == "ResourceType" && !named.Value.IsNull))
        {
            return CanName(display) is { } error
                ? Fail(error, ValidationNames.Literal(fallback))
                : $"({AddField($"{field}_Display", $"{Space}.DisplayAttribute", $"new(){ValidationConstants.Initializer(display)}")}.GetName() ?? {ValidationNames.Literal(fallback)})";
        }

        // An empty name makes the framework fall back to the name of the object's type.
        var name = display.NamedArguments.FirstOrDefault(named => named.Key == "Name").Value.Value as string;
        return ValidationNames.Literal(name switch { null => fallback, "" => owner.MetadataName, _ => name });
    }

    /// <summary>The rule of an attribute; null when it never fails.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="type">What it is on: a property's type, or the type itself.</param>
    /// <param name="member">The property; null for the type itself.</param>
    /// <param name="memberName">The property's name, for names of fields.</param>
    public ValidationRuleModel? Create(AttributeData attribute, ITypeSymbol type, ValidationMember? member, string memberName)
    {
        var attributeClass = attribute.AttributeClass!;
        var name = attributeClass.Name.EndsWith("Attribute", StringComparison.Ordinal) && attributeClass.Name.Length > 9
            ? attributeClass.Name.Substring(0, attributeClass.Name.Length - 9) : attributeClass.Name;
        if (CanName(attribute) is { } error)
        {
            return Fail<ValidationRuleModel?>(error, null);
        }

        DependsOnLines |= attribute.AttributeConstructor!.Parameters.Any(static parameter => parameter.IsOptional && parameter.GetAttributes().Any(static a => a.AttributeClass?.Name == "CallerLineNumberAttribute"));
        var isFramework = ValidationAttributes.IsFramework(attribute);
        var construction = "new" + ValidationConstants.Arguments(attribute);
        var typeName = ValidationNames.CSharpName(attributeClass);
        var check = new ValidationCheck(attribute, type);
        if (isFramework && attributeClass.Name == "CompareAttribute" && member is not null)
        {
            return Compare(attribute, name, member);
        }

        if (isFramework && attributeClass.Name == "RangeAttribute" && attribute.ConstructorArguments.Length == 3)
        {
            if (check.RangeConverter is not { } converter)
            {
                return Fail<ValidationRuleModel?>($"the range of {owner.Name}.{memberName} has limits of a type that text cannot be converted to", null);
            }

            typeName = $"{Metadata}.JobRangeAttribute";
            construction = "new" + ValidationConstants.Arguments(attribute, converter);
        }

        if (isFramework && check.NeverFails)
        {
            return null;
        }

        var field = AddField($"{memberName}_{name}", typeName, construction, isFramework && check.IsUnsafeForTrimming);
        if (isFramework && check.Condition(field) is { } condition)
        {
            return new() { Name = name, Attribute = field, IsBroken = condition };
        }

        if (isFramework && attributeClass.Name == "CustomValidationAttribute" && CustomMethod(attribute, type) is { } method)
        {
            return new() { Name = name, Attribute = field, Result = method };
        }

        return isFramework && attributeClass.Name != "CustomValidationAttribute" || !NeedsContext(attributeClass)
            ? new() { Name = name, Attribute = field, IsBroken = $"!{field}.IsValid({ValidationRuleModel.Value})" }
            : new() { Name = name, Attribute = field, Result = $"{field}.GetValidationResult({ValidationRuleModel.Value}, {ValidationRuleModel.Context})" };
    }

    /// <summary>Notes the declarations whose attributes alone make the trimming analyzers warn.</summary>
    public void NoteSuppressions(IEnumerable<ISymbol> declarations)
    {
        foreach (var declaration in declarations)
        {
            if (declaration.GetAttributes().Any(attribute => attribute.AttributeClass is not null && ValidationCheck.IsUnsafe(attribute))
                && SymbolEqualityComparer.Default.Equals(declaration.ContainingAssembly, compilation.Assembly)
                && (declaration is IParameterSymbol ? declaration.ContainingSymbol : declaration).OriginalDefinition.GetDocumentationCommentId() is { } id)
            {
                SuppressedMembers.Add(id);
            }
        }
    }

    private static bool NeedsContext(INamedTypeSymbol attribute) =>
        ValidationAttributes.Overrides(attribute, "IsValid", 2) || !ValidationAttributes.Overrides(attribute, "IsValid", 1);

    private ValidationRuleModel Compare(AttributeData attribute, string name, ValidationMember member)
    {
        var otherName = attribute.ConstructorArguments[0].Value as string ?? "";
        var other = ValidationMember.Of(owner, compilation, CancellationToken.None).FirstOrDefault(m => m.Property.Name == otherName);
        var display = "null";
        if (other is not null && ValidationAttributes.DisplayOfMember(other.Declarations) is { } otherDisplay && CanName(otherDisplay) is null)
        {
            display = $"new {Space}.DisplayAttribute(){ValidationConstants.Initializer(otherDisplay)}";
        }

        var typeName = $"{Metadata}.JobCompareAttribute";
        var field = AddField($"{member.Property.Name}_Compare", typeName, $"new({ValidationNames.Literal(otherName)}, {display}){ValidationConstants.Initializer(attribute)}");
        if (other is null)
        {
            var message = ValidationNames.Literal($"Could not find a property named {otherName}.");
            return new() { Name = name, Attribute = field, Result = $"new {Space}.ValidationResult({message})" };
        }

        var access = $"{ValidationRuleModel.Owner}.{ValidationNames.EscapeKeyword(otherName)}";
        var isSame = SymbolEqualityComparer.Default.Equals(other.Property.Type, member.Property.Type) && IsSimple(member.Property.Type);
        var equality = isSame ? $"global::System.Collections.Generic.EqualityComparer<{ValidationNames.CSharpName(member.Property.Type)}>.Default.Equals" : "object.Equals";
        return new() { Name = name, Attribute = field, IsBroken = $"!{equality}({ValidationRuleModel.Value}, {access})" };
    }

    private static bool IsSimple(ITypeSymbol type) =>
        ValidationShapes.WithoutNullable(type) is var plain && (plain.SpecialType is not (SpecialType.None or SpecialType.System_Object) || plain.TypeKind == TypeKind.Enum);

    /// <summary>A direct call of a custom validation method, where the framework would convert nothing.</summary>
    private string? CustomMethod(AttributeData attribute, ITypeSymbol type)
    {
        if (attribute.ConstructorArguments is not { Length: 2 } arguments
            || arguments[0].Value is not INamedTypeSymbol validator || arguments[1].Value is not string methodName || !IsVisible(validator))
        {
            return null;
        }

        IMethodSymbol? found = null;
        for (var level = validator; level is not null && found is null; level = level.BaseType)
        {
            var methods = level.GetMembers(methodName).OfType<IMethodSymbol>().Where(m => m is { IsStatic: true, DeclaredAccessibility: Accessibility.Public }).ToArray();
            if (methods.Length > 1)
            {
                return null;
            }

            found = methods.FirstOrDefault();
        }

        if (found is not { IsGenericMethod: false, Parameters.Length: 1 or 2 }
            || found.Parameters.Any(parameter => parameter.RefKind != RefKind.None)
            || found.ReturnType is not INamedTypeSymbol { Name: "ValidationResult" }
            || (found.Parameters.Length == 2 && found.Parameters[1].Type.Name != "ValidationContext")
            || compilation.ClassifyCommonConversion(type, found.Parameters[0].Type) is not ({ IsIdentity: true } or { IsImplicit: true, IsReference: true })
            || ValidationShapes.IsNullableValue(type))
        {
            return null;
        }

        var context = found.Parameters.Length == 2 ? ", " + ValidationRuleModel.Context : "";
        return $"{ValidationNames.CSharpName(validator)}.{ValidationNames.EscapeKeyword(methodName)}({ValidationRuleModel.Value}{(type.IsReferenceType ? "!" : "")}{context})";
    }

    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.ContainingType)
        {
            if (level.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }

    private string? CanName(AttributeData attribute)
    {
        var unreachable = ValidationConstants.NamedTypes(attribute).Prepend(attribute.AttributeClass!)
            .FirstOrDefault(type => type is INamedTypeSymbol named && !TypeAccess.IsAccessible(named.IsUnboundGenericType ? named.OriginalDefinition : named, compilation));
        return unreachable is null ? null : $"{unreachable.ToDisplayString()} is used by an attribute of {owner.ToDisplayString()} but not accessible to generated code; make it internal or public";
    }

    private string AddField(string name, string typeName, string construction, bool isUnsafeForTrimming = false)
    {
        var unique = name;
        for (var i = 2; !_names.Add(unique); i++)
        {
            unique = name + i;
        }

        Fields.Add(new(unique, typeName, construction, isUnsafeForTrimming));
        return $"{Holder}.{unique}";
    }

    private T Fail<T>(string error, T result)
    {
        Errors.Add(error);
        return result;
    }
}
