using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Jobs.Analyzers.Tests.Testing;

/// <summary>Runs all analyzers over a project, and compares what they say with the marks in the source.</summary>
internal static class Analysis
{
    /// <summary>Every diagnostic of the product, and every error of the compiler, in order of place.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> RunAsync(TestProject project)
    {
        var compilation = project.CreateCompilation();
        var analysis = compilation.WithAnalyzers(AnalyzerCatalog.Analyzers, new CompilationWithAnalyzersOptions(
            project.CreateAnalyzerOptions(),
            onAnalyzerException: (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} failed.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false));
        var diagnostics = await analysis.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics
            .Where(diagnostic => diagnostic.Id.StartsWith("JOB", StringComparison.Ordinal) || diagnostic.Id == "AD0001" || diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    /// <summary>Checks that the diagnostics are those that are marked, no more and no fewer.</summary>
    /// <param name="marked">The source with its marks.</param>
    public static Task VerifyAsync(string marked) => VerifyAsync(new TestProject(marked));

    /// <summary>The same for a project whose source is marked.</summary>
    /// <param name="project">The project.</param>
    /// <param name="withoutPlace">The ids of diagnostics that have no place in the source.</param>
    public static async Task<IReadOnlyList<Diagnostic>> VerifyAsync(TestProject project, params string[] withoutPlace)
    {
        var markup = Markup.Parse(project.Source);
        var diagnostics = await RunAsync(project with { Source = markup.Source });

        var expected = markup.Expected.Select(mark => Describe(mark.Id, mark.Span.Start, markup.Source[mark.Span.Start..mark.Span.End]))
            .Concat(withoutPlace.Select(id => Describe(id, 0, "")))
            .Order(StringComparer.Ordinal);
        var actual = diagnostics.Select(diagnostic => Describe(diagnostic.Id, diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceTree?.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length) ?? ""))
            .Order(StringComparer.Ordinal);
        if (!expected.SequenceEqual(actual))
        {
            Assert.Fail($"Expected:\n  {string.Join("\n  ", expected)}\nActual:\n  {string.Join("\n  ", actual)}\nMessages:\n  {string.Join("\n  ", diagnostics)}");
        }

        return diagnostics;
    }

    private static string Describe(string id, int start, string text) => $"{start:00000} {id} at '{text}'";
}
