using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>Messages as the framework words them in its invariant language. A message from a resource is known at run time only.</summary>
internal static class RuleMessages
{
    private const string Required = "The {0} field is required.";

    public static string Missing(string name) => Format(Required, name);

    public static string Missing(AttributeData attribute, string name) => Format(attribute, Required, name);

    /// <param name="attribute">The attribute, whose own message wins.</param>
    /// <param name="message">The framework's message.</param>
    /// <param name="arguments">The member's name, then what the attribute adds.</param>
    public static string Format(AttributeData attribute, string message, params object[] arguments)
    {
        if (attribute.Named<string>("ErrorMessage") is not { Length: > 0 } own)
        {
            return Format(message, arguments);
        }

        try
        {
            return Format(own, arguments);
        }
        catch (FormatException)
        {
            // The value breaks the rule all the same; at run time the message then breaks too.
            return own;
        }
    }

    private static string Format(string message, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, message, arguments);
}
