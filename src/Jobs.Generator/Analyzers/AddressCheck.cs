using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Addresses of callbacks that are written out in the source.</summary>
internal static class AddressCheck
{
    /// <summary>Null when the address is right, or not constant.</summary>
    /// <param name="option">The option that it is for.</param>
    /// <param name="value">The option's value.</param>
    public static Diagnostic? Check(string option, IOperation value)
    {
        if (value is not IObjectCreationOperation { Type: { Name: "Uri", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } creation
            || creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "uriString")?.Value is not { ConstantValue: { HasValue: true, Value: string text } } argument)
        {
            return null;
        }

        var location = argument.Syntax.GetLocation();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return Diagnostic.Create(Rules.InvalidAddress, location, text, option, "it is no absolute address");
        }

        if (JobOptionRules.CheckAddress(address) is { } problem)
        {
            return Diagnostic.Create(Rules.InvalidAddress, location, text, option, problem);
        }

        // The own machine is allowed during development, where it is what is meant.
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback ? null : Diagnostic.Create(Rules.CallbackWithoutHttps, location, Suggest(text), text, option);
    }

    private static ImmutableDictionary<string, string?> Suggest(string text)
    {
        const string Http = "http:";
        return text.StartsWith(Http, StringComparison.OrdinalIgnoreCase)
            ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Suggestion, "https:" + text.Substring(Http.Length))
            : ImmutableDictionary<string, string?>.Empty;
    }
}
