using System.Collections.Immutable;
using System.Reflection;
using Jobs.Generator;
using Jobs.Generator.CodeFixes;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Analyzers.Tests.Testing;

/// <summary>Everything that the product ships for the compiler and the editor.</summary>
internal static class AnalyzerCatalog
{
    /// <summary>All analyzers and suppressors.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = Create<DiagnosticAnalyzer>(typeof(JobGenerator).Assembly);

    public static ImmutableArray<CodeFixProvider> CodeFixes { get; } = Create<CodeFixProvider>(typeof(SuggestedTextFix).Assembly);

    /// <summary>All rules of the rules file.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Rules { get; } = [.. typeof(Rules).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
        .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
        .OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static ImmutableArray<T> Create<T>(Assembly assembly) => [.. assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(T)) && !type.IsAbstract)
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (T)Activator.CreateInstance(type)!)];
}
