using System.Xml;
using System.Xml.Linq;
using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Writes the documentation of a client's property: the declaration's own summary, and what is fixed about the job.</summary>
internal static class DocumentationParser
{
    public static string Parse(INamedTypeSymbol type, string name, string? description, EquatableArray<JobSettingModel> settings, CancellationToken cancellationToken)
    {
        var summary = GetSummary(type, cancellationToken) ?? (description is null ? null : XmlText.Escape(description));
        var facts = GetFacts(type, name, settings);
        return summary is null ? facts : $"{summary}\n<para>{facts}</para>";
    }

    private static string GetFacts(INamedTypeSymbol type, string name, EquatableArray<JobSettingModel> settings)
    {
        var facts = new List<string> { $"Job <c>{XmlText.Escape(name)}</c>" };
        foreach (var setting in settings)
        {
            var value = XmlText.Escape(setting.Value.Trim('"'));
            switch (setting.Property)
            {
                case "Queue":
                    facts.Add($"queue <c>{value}</c>");
                    break;
                case "MaxAttempts":
                    facts.Add(value == "1" ? "1 attempt" : $"{value} attempts");
                    break;
                case "Timeout":
                    facts.Add($"timeout {value}");
                    break;
            }
        }

        var role = type.TypeKind == TypeKind.Interface ? "declared by" : "handled by";
        return $"{string.Join(", ", facts)}; {role} <see cref=\"{XmlText.Escape(type.GetDocumentationCommentId() ?? type.Name)}\"/>.";
    }

    private static string? GetSummary(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var comment = type.GetDocumentationCommentXml(cancellationToken: cancellationToken);
        if (string.IsNullOrWhiteSpace(comment))
        {
            return null;
        }

        XElement root;
        try
        {
            root = XElement.Parse($"<root>{comment}</root>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // The compiler has already warned about a comment that is not XML; a client without it is fine.
            return null;
        }

        return root.Descendants("summary").FirstOrDefault() is { } summary ? Format(summary) : null;
    }

    private static string? Format(XElement summary)
    {
        foreach (var element in summary.Descendants().ToList())
        {
            switch (element.Name.LocalName)
            {
                // Parameters of the declaration are none of the property's.
                case "paramref" or "typeparamref":
                    element.ReplaceWith(new XElement("c", (string?)element.Attribute("name")));
                    break;
                case "include" or "inheritdoc":
                    element.Remove();
                    break;
            }
        }

        var lines = string.Concat(summary.Nodes().Select(static node => node.ToString(SaveOptions.DisableFormatting)))
            .Split(['\r', '\n'])
            .Select(static line => line.Trim())
            .Where(static line => line.Length > 0);
        var text = string.Join("\n", lines);
        return text.Length == 0 ? null : text;
    }
}
