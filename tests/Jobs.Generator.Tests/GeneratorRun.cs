using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Generator.Tests;

/// <summary>What a run of the generator left.</summary>
internal sealed record GeneratorRun(Compilation Compilation, GeneratorDriver Driver)
{
    public GeneratorRunResult Result => Driver.GetRunResult().Results[0];

    /// <summary>Every diagnostic of the compiler, warnings included, in the emitted code and in the source.</summary>
    public IReadOnlyList<string> Diagnostics => [.. Compilation.GetDiagnostics()
        .Concat(Result.Diagnostics)
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)
        .Select(diagnostic => diagnostic.ToString())];

    public IReadOnlyList<string> FileNames => [.. Result.GeneratedSources.Select(source => source.HintName)];

    public string GetFile(string name) => Result.GeneratedSources.Single(source => source.HintName == name).SourceText.ToString();

    public bool HasFile(string name) => FileNames.Contains(name);

    /// <summary>The names of the client's properties.</summary>
    public IReadOnlyList<string> GetClientProperties(string client = "App.JobClient") =>
        [.. Compilation.Assembly.GetTypeByMetadataName(client)!.GetMembers().OfType<IPropertySymbol>().Select(property => property.Name)];

    /// <summary>The compiled assembly as others reference it.</summary>
    public MetadataReference ToReference()
    {
        var stream = new MemoryStream();
        var result = Compilation.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }
}
