using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary><c>[Redacted]</c> where it hides nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RedactionAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.RedactionWithoutEffect];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context) => context.RegisterSymbolAction(
        static symbol =>
        {
            foreach (var member in ((INamedTypeSymbol)symbol.Symbol).GetMembers())
            {
                if (member is IPropertySymbol or IFieldSymbol
                    && JobsTypes.FindRedacted(member) is { } attribute
                    && FindProblem(member) is { } problem
                    && attribute.ApplicationSyntaxReference is { } reference)
                {
                    var name = ((member as IFieldSymbol)?.AssociatedSymbol ?? member).Name;
                    symbol.ReportDiagnostic(Diagnostic.Create(Rules.RedactionWithoutEffect, Location.Create(reference.SyntaxTree, reference.Span), name, problem));
                }
            }
        },
        SymbolKind.NamedType);

    private static string? FindProblem(ISymbol member)
    {
        if (member.IsStatic)
        {
            return "static members do not travel";
        }

        if (member is IPropertySymbol { IsIndexer: true })
        {
            return "indexers do not travel";
        }

        if (member is IFieldSymbol { AssociatedSymbol: not null })
        {
            return "it stands on the field behind the property; write [Redacted], or [property: Redacted] on a parameter";
        }

        if (JsonAttributes.FindConverter(member.ContainingType) is not null)
        {
            return $"the converter of '{member.ContainingType.Name}' decides what is written; redact the members that are of this type";
        }

        if (JsonAttributes.Has(member, "JsonInclude"))
        {
            return null;
        }

        if (member is IFieldSymbol)
        {
            return "fields travel only with [JsonInclude]";
        }

        var isPublic = member is IPropertySymbol { GetMethod.DeclaredAccessibility: Accessibility.Public };
        return isPublic ? null : "it has no public getter, so it travels only with [JsonInclude]";
    }
}
