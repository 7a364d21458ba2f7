using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Analyzers.Tests.Testing;

/// <summary>A file of the project that is not source.</summary>
internal sealed class AdditionalFile(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
