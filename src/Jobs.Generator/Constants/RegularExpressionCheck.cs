using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>The attribute that asks for a text which a pattern matches as a whole.</summary>
internal static class RegularExpressionCheck
{
    /// <summary>Nobody waits longer for a compiler; a pattern that takes its time is left to the run.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    public static string? FindFailure(AttributeData attribute, ConstantScalar? scalar, string name)
    {
        var pattern = attribute.Positional<string>(0);
        var text = scalar switch
        {
            { Value: string value } => value,
            { Enum: null, Value: byte or ushort or uint or ulong or int or long or short or sbyte } => Convert.ToString(scalar.Value, CultureInfo.InvariantCulture),
            _ => null,
        };
        if (string.IsNullOrEmpty(pattern) || string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            var limit = attribute.Named<int>("MatchTimeoutInMilliseconds");
            var match = Regex.Match(text, pattern, RegexOptions.None, limit > 0 && limit < s_patience.TotalMilliseconds ? TimeSpan.FromMilliseconds(limit) : s_patience);
            return match is { Success: true, Index: 0 } && match.Length == text!.Length
                ? null
                : RuleMessages.Format(attribute, "The field {0} must match the regular expression '{1}'.", name, pattern!);
        }
        catch (Exception exception) when (exception is RegexMatchTimeoutException or ArgumentException)
        {
            // An invalid pattern is not the value's fault.
            return null;
        }
    }
}
