using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.GeneratorBenchmarks;

/// <summary>A project of so many jobs, one file each, as a team would write them: validated inputs, nested types, results, services.</summary>
internal sealed class SourceProject
{
    private static readonly CSharpParseOptions _parseOptions = new(LanguageVersion.CSharp13);

    private static readonly IReadOnlyList<MetadataReference> _platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && !name.StartsWith("Jobs.Generator", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly IReadOnlyList<SyntaxTree> _trees;
    private readonly IReadOnlyList<MetadataReference> _references;

    public SourceProject(int count, bool hasJobs = true)
    {
        _trees = [Parse(Usings(hasJobs), "Usings.cs"), Parse(Unrelated("1"), "Unrelated.cs"), .. Enumerable.Range(0, count).Select(index => Parse(hasJobs ? Job(index, "") : Plain(index), $"File{index}.cs"))];
        _references = hasJobs ? _platform : [.. _platform.Where(reference => !Path.GetFileName(reference.Display!).StartsWith("Jobs.", StringComparison.Ordinal))];
    }

    /// <summary>The project as if it were opened just now: the text is parsed, nothing is bound, and each file is new, so that nothing is known of it from another run.</summary>
    public CSharpCompilation Open() => CSharpCompilation.Create("App", _trees.Select(static tree => CSharpSyntaxTree.Create((CSharpSyntaxNode)tree.GetRoot(), _parseOptions, tree.FilePath)), _references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A character in a file that has nothing to do with jobs.</summary>
    public static Compilation EditElsewhere(Compilation compilation, int edit) => Replace(compilation, "Unrelated.cs", Unrelated(edit.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Another queue for one job.</summary>
    public static Compilation EditJob(Compilation compilation, int edit) => Replace(compilation, "File0.cs", Job(0, $", Queue = \"queue-{edit}\""));

    private static Compilation Replace(Compilation compilation, string path, string text) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(tree => tree.FilePath == path), Parse(text, path));

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, _parseOptions, path);

    private static string Usings(bool hasJobs) => $"""
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Threading;
        global using System.Threading.Tasks;
        {(hasJobs ? "global using Jobs;" : "")}
        """;

    private static string Unrelated(string value) => $"namespace Other; public static class Unrelated {{ public static int Get() => {value}; }}";

    private static string Job(int index, string arguments) => $$"""
        namespace App.Area{{index % 20}};

        public sealed record Order{{index}}Input([EmailAddress] string Customer, [Required, StringLength(200)] string Subject, [Range(1, 100)] int Count, IReadOnlyList<Line{{index}}> Lines, DateTimeOffset? Due = null);
        public sealed record Line{{index}}([Required] string Sku, decimal Price, Dictionary<string, string>? Attributes = null);
        public sealed record Order{{index}}Result(Guid Id, string? Message);

        /// <summary>Handles order {{index}}.</summary>
        [Job("order-{{index}}", MaxAttempts = 5, Timeout = "30s"{{arguments}})]
        public sealed class Order{{index}}(IServiceProvider services) : IJobHandler<Order{{index}}Input, Order{{index}}Result>
        {
            public async ValueTask<Order{{index}}Result> HandleAsync(Order{{index}}Input input, JobContext context, CancellationToken cancellationToken)
            {
                await Task.Delay(input.Count, cancellationToken);
                return new(Guid.NewGuid(), services.ToString());
            }
        }
        """;

    private static string Plain(int index) => $$"""
        namespace App.Area{{index % 20}};

        public sealed record Order{{index}}Input([EmailAddress] string Customer, [Required, StringLength(200)] string Subject, [Range(1, 100)] int Count, DateTimeOffset? Due = null);

        public sealed class Order{{index}}(IServiceProvider services)
        {
            public async ValueTask<string?> HandleAsync(Order{{index}}Input input, CancellationToken cancellationToken)
            {
                await Task.Delay(input.Count, cancellationToken);
                return services.ToString();
            }
        }
        """;
}
