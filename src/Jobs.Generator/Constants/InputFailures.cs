using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>What a validator will say of a construction, in the validator's order: what is missing hides the other rules of a member.</summary>
internal static class InputFailures
{
    public static IEnumerable<InputFailure> Find(InputConstruction construction, IReadOnlyList<ValidationMember> members, CancellationToken cancellationToken)
    {
        foreach (var member in members)
        {
            if (Value(construction, member, cancellationToken) is { } given)
            {
                foreach (var failure in Check(construction, member, members, given, cancellationToken))
                {
                    yield return failure;
                }
            }
        }
    }

    /// <summary>The value that the member will have when it is validated; null when that cannot be told.</summary>
    private static InputMember? Value(InputConstruction construction, ValidationMember member, CancellationToken cancellationToken)
    {
        if (!construction.Members.TryGetValue(member.Property.Name, out var given))
        {
            return construction is { IsNew: true, IsFinal: true } && UnsetMembers.Evaluate(construction, member.Property, cancellationToken) is { } value
                ? new InputMember(value, construction.Syntax, false)
                : null;
        }

        // A default may still be replaced, and a list filled, by whoever holds the object next.
        return given.IsWritten || construction.IsFinal ? given : null;
    }

    private static IEnumerable<InputFailure> Check(InputConstruction construction, ValidationMember member, IReadOnlyList<ValidationMember> members, InputMember given, CancellationToken cancellationToken)
    {
        if (given.Value is not { } value)
        {
            yield break;
        }

        var owner = construction.Type;
        var name = DisplayName(member, owner);
        var attributes = ValidationAttributes.OfMember(member.Declarations);
        if (member.IsNonNullable && value is ConstantScalar { Value: null } && !attributes.Any(IsRequired))
        {
            yield return new InputFailure(given.Syntax, member.Property.Name, RuleMessages.Missing(name), $"{Names(owner, member)} is not nullable");
            yield break;
        }

        foreach (var attribute in attributes.OrderBy(static attribute => IsRequired(attribute) ? 0 : 1))
        {
            var message = IsFillable(member, value, construction) ? null
                : attribute.AttributeClass!.Name == "CompareAttribute" && ValidationAttributes.IsFramework(attribute) ? Compare(attribute, construction, members, value, name, cancellationToken)
                : RuleCheck.FindFailure(attribute, value, name);
            if (message is null)
            {
                continue;
            }

            yield return new InputFailure(given.Syntax, member.Property.Name, message, Describe(attribute, owner, member));
            if (IsRequired(attribute))
            {
                yield break;
            }
        }

        foreach (var failure in MissingElements(owner, member, value, name))
        {
            yield return failure;
        }
    }

    private static IEnumerable<InputFailure> MissingElements(INamedTypeSymbol owner, ValidationMember member, ConstantValue value, string name)
    {
        if (value is not ConstantSequence sequence || !member.IsData
            || ValidationElements.Of(ValidationShapes.WithoutNullable(member.Property.Type)) is not { MissingElements: ValidatedMissingElements.NoElement })
        {
            yield break;
        }

        for (var i = 0; i < sequence.Elements.Count; i++)
        {
            if (sequence.Elements[i].Value is ConstantScalar { Value: null })
            {
                yield return new InputFailure(sequence.Elements[i].Syntax, $"{member.Property.Name}[{i}]", RuleMessages.Missing($"{name}[{i}]"), $"the elements of {Names(owner, member)} are not nullable");
            }
        }
    }

    private static string? Compare(AttributeData attribute, InputConstruction construction, IReadOnlyList<ValidationMember> members, ConstantValue value, string name, CancellationToken cancellationToken)
    {
        var other = members.FirstOrDefault(candidate => candidate.Property.Name == attribute.Positional<string>(0));
        return other is not null && Value(construction, other, cancellationToken) is { } given
            ? RuleCheck.FindDifference(attribute, value, given.Value, name, DisplayName(other, construction.Type, attribute.Positional<string>(0)!))
            : null;
    }

    /// <summary>An empty list that is passed around can be filled before anybody validates it.</summary>
    private static bool IsFillable(ValidationMember member, ConstantValue value, InputConstruction construction) =>
        value is ConstantSequence && !construction.IsFinal && !IsReadOnly(member.Property.Type);

    private static bool IsReadOnly(ITypeSymbol type) => type is IArrayTypeSymbol
        || (type is INamedTypeSymbol named && named.ContainingNamespace.ToDisplayString() switch
        {
            "System.Collections.Generic" => named.Name is "IEnumerable" or "IReadOnlyCollection" or "IReadOnlyList" or "IReadOnlySet" or "IReadOnlyDictionary",
            "System.Collections.Immutable" => true,
            _ => false,
        });

    private static string DisplayName(ValidationMember member, INamedTypeSymbol owner, string? fallback = null)
    {
        var display = ValidationAttributes.DisplayOfMember(member.Declarations);
        return display is null || display.Has("ResourceType") ? fallback ?? member.Property.Name
            : display.Named<string>("Name") switch { null => fallback ?? member.Property.Name, "" => fallback is null ? owner.MetadataName : "", var name => name };
    }

    private static bool IsRequired(AttributeData attribute)
    {
        for (var level = attribute.AttributeClass; level is not null; level = level.BaseType)
        {
            if (level.Name == "RequiredAttribute" && FrameworkTypes.IsNamespace(level.ContainingNamespace, ValidationAttributes.FrameworkNamespace))
            {
                return true;
            }
        }

        return false;
    }

    private static string Describe(AttributeData attribute, INamedTypeSymbol owner, ValidationMember member)
    {
        var name = attribute.AttributeClass!.Name;
        return $"[{name.Substring(0, name.Length - "Attribute".Length)}] on {Names(owner, member)}";
    }

    private static string Names(INamedTypeSymbol owner, ValidationMember member) => $"{owner.Name}.{member.Property.Name}";
}
