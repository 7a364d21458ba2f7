using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Jobs.Analyzers.Tests.Testing;
using Jobs.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Jobs.Analyzers.Tests.Constants;

/// <summary>What the compiler says of constants, compared with what the framework's validator says of the objects.</summary>
public sealed class ConstantDifferentialTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_compiler_reports_exactly_what_the_validator_would(int seed)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        var inputs = new RandomInputs(new Random(seed));
        var project = new TestProject(inputs.Create(types: 80, constructionsPerType: 25));
        var compilation = project.CreateSourceCompilation();
        var reported = await ReportAsync(compilation, project);
        var made = Load(compilation).GetType("Twins.Made", throwOnError: true)!;

        var differences = new List<string>();
        var failures = 0;
        for (var index = 0; index < inputs.Written.Count; index++)
        {
            if (Validate(made.GetMethod($"C{index}")!.Invoke(null, null)!, inputs.Written[index]) is not { } expected)
            {
                continue;
            }

            var actual = (reported.GetValueOrDefault($"C{index}") ?? []).Where(message => inputs.Written[index] == "*" || !message.EndsWith("do not match.", StringComparison.Ordinal));
            failures += expected.Count;
            if (!expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)))
            {
                differences.Add($"C{index} ({inputs.Written[index]}):\n  expected {string.Join(" | ", expected)}\n  reported {string.Join(" | ", actual)}\n  {Line(project.Source, $" C{index}(")}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {inputs.Written.Count} differ:\n{string.Join("\n", differences.Take(10))}");
        Assert.True(failures > 1000, $"Only {failures} rules were broken: the cases are too tame.");
    }

    private static async Task<Dictionary<string, List<string>>> ReportAsync(CSharpCompilation compilation, TestProject project)
    {
        var analysis = compilation.WithAnalyzers([new ConstantInputAnalyzer()], project.CreateAnalyzerOptions());
        var reported = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var diagnostic in await analysis.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken))
        {
            Assert.StartsWith("JOB040", diagnostic.Id, StringComparison.Ordinal);
            var method = diagnostic.Location.SourceTree!.GetRoot(TestContext.Current.CancellationToken).FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>()!;
            if (method.Parent is ClassDeclarationSyntax { Identifier.ValueText: "Calls" })
            {
                var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
                reported.TryAdd(method.Identifier.ValueText, []);
                reported[method.Identifier.ValueText].Add(message[..message.LastIndexOf(" (", StringComparison.Ordinal)]);
            }
        }

        return reported;
    }

    private static Assembly Load(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    /// <summary>Null when the framework has no verdict but an exception, as for a number beyond the range's own type.</summary>
    private static List<string>? Validate(object instance, string written)
    {
        var results = new List<ValidationResult>();
        try
        {
            Validator.TryValidateObject(instance, new ValidationContext(instance), results, validateAllProperties: true);
        }
        catch (Exception exception) when (exception is OverflowException or InvalidCastException)
        {
            return null;
        }

        return [.. results
            .Where(result => written == "*" || written.Split(',').Intersect(result.MemberNames).Any())
            // Two members can only be compared when both are known.
            .Where(result => written == "*" || !result.ErrorMessage!.EndsWith("do not match.", StringComparison.Ordinal))
            .Select(result => result.ErrorMessage!)];
    }

    private static string Line(string source, string text) => source.Split('\n').First(line => line.Contains(text, StringComparison.Ordinal)).Trim();
}
