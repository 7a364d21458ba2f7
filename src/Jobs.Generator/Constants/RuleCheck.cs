using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>
/// Whether a value that is known breaks one of the framework's validation attributes, and with which message. What cannot be told
/// counts as held: attributes of others, limits that are wrong in themselves, values of types that the attribute is not made for.
/// </summary>
internal static class RuleCheck
{
    /// <summary>The message of a broken rule; null when it holds or cannot be decided.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">The member as messages call it.</param>
    public static string? FindFailure(AttributeData attribute, ConstantValue value, string name)
    {
        if (!ValidationAttributes.IsFramework(attribute))
        {
            return null;
        }

        var scalar = value as ConstantScalar;
        var isNull = scalar is { Value: null };
        var text = scalar?.Value as string;
        return attribute.AttributeClass!.Name switch
        {
            "RequiredAttribute" => Required(attribute, scalar, name),
            "AllowedValuesAttribute" when scalar is not null && !IsListed(attribute, scalar) =>
                RuleMessages.Format(attribute, "The {0} field does not equal any of the values specified in AllowedValuesAttribute.", name),
            "DeniedValuesAttribute" when scalar is not null && IsListed(attribute, scalar) =>
                RuleMessages.Format(attribute, "The {0} field equals one of the values specified in DeniedValuesAttribute.", name),
            _ when isNull => null,
            "StringLengthAttribute" => StringLength(attribute, text, name),
            "MinLengthAttribute" when attribute.Positional<int>(0) is var least && least >= 0 && LengthOf(value) < least =>
                RuleMessages.Format(attribute, "The field {0} must be a string or array type with a minimum length of '{1}'.", name, least),
            "MaxLengthAttribute" when attribute.Positional<int>(0) is var most && most > 0 && LengthOf(value) > most =>
                RuleMessages.Format(attribute, "The field {0} must be a string or array type with a maximum length of '{1}'.", name, most),
            "LengthAttribute" => Length(attribute, LengthOf(value), name),
            "RangeAttribute" when scalar is not null => RangeCheck.FindFailure(attribute, scalar, name),
            "RegularExpressionAttribute" => RegularExpressionCheck.FindFailure(attribute, scalar, name),
            "EnumDataTypeAttribute" when scalar is not null && attribute.Positional<INamedTypeSymbol>(0) is { TypeKind: TypeKind.Enum } type =>
                EnumCheck.IsDefined(scalar, type) == false ? RuleMessages.Format(attribute, "The field {0} is invalid.", name) : null,
            "EmailAddressAttribute" when !(text is null ? scalar is null : TextFormats.IsEmailAddress(text)) =>
                RuleMessages.Format(attribute, "The {0} field is not a valid e-mail address.", name),
            "UrlAttribute" when !(text is null ? scalar is null : TextFormats.IsUrl(text)) =>
                RuleMessages.Format(attribute, "The {0} field is not a valid fully-qualified http, https, or ftp URL.", name),
            "PhoneAttribute" when !(text is null ? scalar is null : TextFormats.IsPhone(text)) =>
                RuleMessages.Format(attribute, "The {0} field is not a valid phone number.", name),
            "CreditCardAttribute" when !(text is null ? scalar is null : TextFormats.IsCreditCard(text)) =>
                RuleMessages.Format(attribute, "The {0} field is not a valid credit card number.", name),
            "Base64StringAttribute" when !(text is null ? scalar is null : TextFormats.IsBase64(text)) =>
                RuleMessages.Format(attribute, "The {0} field is not a valid Base64 encoding.", name),
            "FileExtensionsAttribute" when scalar is not null => FileExtensions(attribute, text, name),
            _ => null,
        };
    }

    /// <summary>The message of a member that differs from another one; null when they are equal or one of them is not known.</summary>
    public static string? FindDifference(AttributeData compare, ConstantValue value, ConstantValue? other, string name, string otherName) =>
        value is ConstantScalar left && other is ConstantScalar right && !left.IsSame(right)
            ? RuleMessages.Format(compare, "'{0}' and '{1}' do not match.", name, otherName)
            : null;

    private static string? Required(AttributeData attribute, ConstantScalar? scalar, string name)
    {
        var isMissing = scalar switch
        {
            null => false,
            { Value: null } => true,
            { Value: string text } => !attribute.Named<bool>("AllowEmptyStrings") && string.IsNullOrWhiteSpace(text),
            _ => false,
        };
        return isMissing ? RuleMessages.Missing(attribute, name) : null;
    }

    private static string? StringLength(AttributeData attribute, string? text, string name)
    {
        var most = attribute.Positional<int>(0);
        var least = attribute.Named<int>("MinimumLength");
        if (text is null || most < 0 || most < least || (text.Length >= least && text.Length <= most))
        {
            return null;
        }

        return RuleMessages.Format(
            attribute,
            least != 0
                ? "The field {0} must be a string with a minimum length of {2} and a maximum length of {1}."
                : "The field {0} must be a string with a maximum length of {1}.",
            name,
            most,
            least);
    }

    private static string? Length(AttributeData attribute, int? length, string name)
    {
        var least = attribute.Positional<int>(0);
        var most = attribute.Positional<int>(1);
        return least < 0 || most < least || !(length < least || length > most) ? null
            : RuleMessages.Format(attribute, "The field {0} must be a string or collection type with a minimum length of '{1}' and maximum length of '{2}'.", name, least, most);
    }

    private static int? LengthOf(ConstantValue value) => value switch
    {
        ConstantScalar { Value: string text } => text.Length,
        ConstantSequence sequence => sequence.Count,
        _ => null,
    };

    private static bool IsListed(AttributeData attribute, ConstantScalar value)
    {
        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array } list)
        {
            // What is not understood is taken as whatever makes the rule hold.
            return attribute.AttributeClass!.Name == "AllowedValuesAttribute";
        }

        return list.IsNull
            ? attribute.AttributeClass!.Name == "AllowedValuesAttribute"
            : list.Values.Any(item => item.Kind is not (TypedConstantKind.Array or TypedConstantKind.Type) && value.IsSame(new ConstantScalar(item.Value, item.Type)));
    }

    private static string? FileExtensions(AttributeData attribute, string? text, string name)
    {
        var named = attribute.Named<string>("Extensions");
        var extensions = string.IsNullOrWhiteSpace(named) ? "png,jpg,jpeg,gif" : named!;
        return text is not null && TextFormats.HasExtension(text, extensions) ? null
            : RuleMessages.Format(attribute, "The {0} field only accepts files with the following extensions: {1}", name, TextFormats.FormatExtensions(extensions));
    }
}
