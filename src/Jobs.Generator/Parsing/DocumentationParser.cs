using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Parsing;

/// <summary>Writes the documentation of a client's property: the declaration's own summary, and what is fixed about the job.</summary>
internal static class DocumentationParser
{
    public static string Parse(INamedTypeSymbol type, string name, string? description, EquatableArray<JobSettingModel> settings, EquatableArray<ScheduleModel> schedules, CancellationToken cancellationToken)
    {
        var summary = GetSummary(type, cancellationToken) ?? (description is null ? null : XmlText.Escape(description));
        var facts = GetFacts(type, name, settings, schedules);
        return summary is null ? facts : $"{summary}\n<para>{facts}</para>";
    }

    /// <summary>What the declaration fixes, what applies where it is silent and nobody sets anything else, when it runs, and where it is.</summary>
    private static string GetFacts(INamedTypeSymbol type, string name, EquatableArray<JobSettingModel> settings, EquatableArray<ScheduleModel> schedules)
    {
        var facts = new List<string> { $"Job <c>{XmlText.Escape(name)}</c>" };
        var defaults = new List<string>();
        Add("Queue", $"queue <c>{JobOptionRules.DefaultQueue}</c>", static value => $"queue <c>{value}</c>");
        Add("MaxAttempts", FormatAttempts(JobOptionRules.DefaultMaxAttempts.ToString(CultureInfo.InvariantCulture)), FormatAttempts);
        Add("Timeout", "no timeout", static value => $"timeout {value}");

        var parts = new List<string> { string.Join(", ", facts) };
        if (defaults.Count > 0)
        {
            parts.Add("by default " + string.Join(", ", defaults));
        }

        if (schedules.Count > 0)
        {
            parts.Add("scheduled " + string.Join(", ", schedules.Select(static schedule => $"<c>{XmlText.Escape(schedule.Cron)}</c> ({(schedule.TimeZone is { } zone ? XmlText.Escape(zone) : "UTC by default")})")));
        }

        var role = type.TypeKind == TypeKind.Interface ? "declared by" : "handled by";
        parts.Add($"{role} <see cref=\"{XmlText.Escape(type.GetDocumentationCommentId() ?? type.Name)}\"/>.");
        return string.Join("; ", parts);

        void Add(string property, string whenSilent, Func<string, string> format)
        {
            if (settings.FirstOrDefault(setting => setting.Property == property) is { } set)
            {
                facts.Add(format(XmlText.Escape(set.Value.Trim('"'))));
            }
            else
            {
                defaults.Add(whenSilent);
            }
        }
    }

    private static string FormatAttempts(string value) => value == "1" ? "1 attempt" : $"{value} attempts";

    private static string? GetSummary(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (FindWrittenSummary(type, cancellationToken) is { } written)
        {
            return TrimLines(written);
        }

        var comment = type.GetDocumentationCommentXml(cancellationToken: cancellationToken);
        if (string.IsNullOrWhiteSpace(comment))
        {
            return null;
        }

        if (FindPlainSummary(comment!) is { } plain)
        {
            return TrimLines(plain);
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

        return TrimLines(string.Concat(summary.Nodes().Select(static node => node.ToString(SaveOptions.DisableFormatting))));
    }

    /// <summary>A comment that is a summary of words alone, of a type that is declared once, as it stands in the source: the compiler would write all of it as XML first.</summary>
    private static string? FindWrittenSummary(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        var comments = type.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken).GetLeadingTrivia()
            .Where(static trivia => trivia.HasStructure)
            .Select(static trivia => trivia.GetStructure())
            .OfType<DocumentationCommentTriviaSyntax>().ToList();
        if (comments.Count != 1 || comments[0].ContainsDiagnostics)
        {
            return null;
        }

        var parts = comments[0].Content.Where(static part => part is not XmlTextSyntax).ToList();
        if (parts.Count != 1
            || parts[0] is not XmlElementSyntax { StartTag: { Name: { Prefix: null, LocalName.ValueText: "summary" }, Attributes.Count: 0 }, EndTag: { IsMissing: false, Name.LocalName.ValueText: "summary" } } summary
            || summary.Content.Any(static part => part is not XmlTextSyntax text || text.TextTokens.Any(static token => token.IsKind(SyntaxKind.XmlEntityLiteralToken))))
        {
            return null;
        }

        var words = string.Concat(summary.Content.Cast<XmlTextSyntax>().SelectMany(static text => text.TextTokens).Select(static token => token.Text));
        return words.Contains('>') ? null : words;
    }

    /// <summary>A summary of words alone, as nearly all are: a reader of XML costs more than all the rest of a declaration.</summary>
    private static string? FindPlainSummary(string comment)
    {
        const string Start = "<summary>";
        const string End = "</summary>";
        var start = comment.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = comment.IndexOf(End, StringComparison.Ordinal);
        if (start < Start.Length || end < start || comment.IndexOf(Start, start, StringComparison.Ordinal) >= 0)
        {
            return null;
        }

        var text = comment.Substring(start, end - start);
        return text.IndexOfAny(['<', '&', '>']) < 0 ? text : null;
    }

    private static string? TrimLines(string summary)
    {
        var text = string.Join("\n", summary.Split(['\r', '\n']).Select(static line => line.Trim()).Where(static line => line.Length > 0));
        return text.Length == 0 ? null : text;
    }
}
