using Jobs.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Jobs.Analyzers.Tests.Testing;

/// <summary>A project as the compiler gets it: one source file, with what the generator makes of it.</summary>
internal sealed record TestProject(string Source)
{
    public const string SourcePath = "Source.cs";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Jobs;
        global using Microsoft.Extensions.DependencyInjection;
        """;

    private static readonly Lazy<IReadOnlyList<MetadataReference>> _platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Jobs.Generator", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("Jobs.Analyzers", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The framework, its extensions and the product.</summary>
    public static IReadOnlyList<MetadataReference> Platform => _platform.Value;

    public static CSharpParseOptions ParseOptions { get; } = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp13).WithDocumentationMode(DocumentationMode.Diagnose);

    public string AssemblyName { get; init; } = "App";

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    public IReadOnlyList<MetadataReference> References { get; init; } = [];

    public IReadOnlyList<AdditionalText> AdditionalFiles { get; init; } = [];

    /// <summary>Properties as the project sets them: <c>build_property.RootNamespace</c> and so on; also severities: <c>dotnet_diagnostic.JOB0001.severity</c>.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    public bool HasUsings { get; init; } = true;

    /// <summary>Without what the generator emits.</summary>
    public CSharpCompilation CreateSourceCompilation() => CSharpCompilation.Create(
        AssemblyName,
        [
            CSharpSyntaxTree.ParseText(Source, ParseOptions, SourcePath),
            .. HasUsings ? [CSharpSyntaxTree.ParseText(Usings, ParseOptions, "Usings.cs")] : Array.Empty<SyntaxTree>(),
        ],
        [.. Platform, .. References],
        new CSharpCompilationOptions(OutputKind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    public Compilation CreateCompilation()
    {
        CSharpGeneratorDriver.Create(
                [new JobGenerator().AsSourceGenerator()],
                additionalTexts: AdditionalFiles,
                parseOptions: ParseOptions,
                optionsProvider: new TestOptions(Properties))
            .RunGeneratorsAndUpdateCompilation(CreateSourceCompilation(), out var compilation, out _);
        return compilation;
    }

    public AnalyzerOptions CreateAnalyzerOptions() => new([.. AdditionalFiles], new TestOptions(Properties));

    /// <summary>The assembly as others reference it.</summary>
    public MetadataReference ToReference()
    {
        using var image = new MemoryStream();
        var result = CreateCompilation().Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private sealed class TestOptions(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => properties.TryGetValue(key, out value);
    }
}
