using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Tests;

/// <summary>Compiles source together with what the generator makes of it.</summary>
internal static class TestCompilation
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Jobs;

        """;

    private const string RuntimeSource = """
        #nullable enable
        namespace Jobs.Hosting;
        public static class JobsServices
        {
            public static Microsoft.Extensions.DependencyInjection.IServiceCollection AddJobs(
                Microsoft.Extensions.DependencyInjection.IServiceCollection services, System.Collections.Generic.IReadOnlyList<Jobs.Metadata.JobAssembly> assemblies, System.Action<Jobs.JobsBuilder>? configure)
            {
                foreach (var assembly in assemblies)
                {
                    assembly.AddClient(services, null);
                }

                return services;
            }

            public static Microsoft.Extensions.DependencyInjection.IServiceCollection AddJobs(
                Microsoft.Extensions.DependencyInjection.IServiceCollection services, string store, System.Collections.Generic.IReadOnlyList<Jobs.Metadata.JobAssembly> assemblies, System.Action<Jobs.JobsBuilder>? configure)
            {
                foreach (var assembly in assemblies)
                {
                    assembly.AddClient(services, store);
                }

                return services;
            }
        }
        """;

    private static readonly Lazy<IReadOnlyList<MetadataReference>> _platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Jobs.Runtime", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    private static readonly Lazy<MetadataReference> _runtime = new(() =>
        new GeneratorRun(CreateCompilation("Jobs.Runtime", RuntimeSource, [], DocumentationMode.None), null!).ToReference());

    /// <summary>A stand-in for the runtime: the one method that emitted code calls.</summary>
    public static MetadataReference Runtime => _runtime.Value;

    public static CSharpParseOptions ParseOptions { get; } = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp13).WithDocumentationMode(DocumentationMode.Diagnose);

    public static CSharpCompilation Create(string source, string assemblyName = "App", params MetadataReference[] references) =>
        CreateCompilation(assemblyName, source, references, DocumentationMode.Diagnose).AddSyntaxTrees(CSharpSyntaxTree.ParseText(Usings, ParseOptions, "Usings.cs"));

    /// <summary>Runs the generator over one source file; without build properties, so the root namespace is the assembly's name.</summary>
    public static GeneratorRun Run(string source, string assemblyName = "App", params MetadataReference[] references) =>
        Run(Create(source, assemblyName, references));

    public static GeneratorRun Run(Compilation compilation, IReadOnlyDictionary<string, string>? properties = null)
    {
        var driver = CreateDriver(properties).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new GeneratorRun(output, driver);
    }

    /// <param name="properties">Build properties.</param>
    /// <param name="tracksSteps">As no editor and no build does: with it on, the compiler's own tables lose entries now and then when files come and go.</param>
    public static GeneratorDriver CreateDriver(IReadOnlyDictionary<string, string>? properties = null, bool tracksSteps = true) => CSharpGeneratorDriver.Create(
        [new JobGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: new BuildProperties(properties ?? new Dictionary<string, string>()),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: tracksSteps));

    private static CSharpCompilation CreateCompilation(string assemblyName, string source, IEnumerable<MetadataReference> references, DocumentationMode documentation) => CSharpCompilation.Create(
        assemblyName,
        [CSharpSyntaxTree.ParseText(source, ParseOptions.WithDocumentationMode(documentation), "Source.cs")],
        [.. _platform.Value, .. references],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, specificDiagnosticOptions: [
            new("CS1591", ReportDiagnostic.Suppress),
            new("CS1701", ReportDiagnostic.Suppress),
            new("CS1702", ReportDiagnostic.Suppress),
            new("CS8019", ReportDiagnostic.Suppress),
        ]));

    private sealed class BuildProperties(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => properties.TryGetValue(key, out value);
    }
}
