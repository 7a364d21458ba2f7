using System.Globalization;
using System.Text;
using Jobs.Generator.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.CodeFixes;

/// <summary>A project's <c>jobs.contracts.json</c>, as the editor sees it.</summary>
internal static class ContractDocument
{
    public static TextDocument? Find(Project project) =>
        project.AdditionalDocuments.FirstOrDefault(static document => string.Equals(document.Name, ContractFile.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Brings the file up to date with the code, or creates it beside the project.</summary>
    public static async Task<Solution> RecordAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        if (compilation is null)
        {
            return project.Solution;
        }

        var file = Find(project);
        var text = file is null ? null : await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var contracts = SourceText.From(ContractRecorder.Record(compilation, text?.ToString(), today, cancellationToken), text?.Encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return file is null
            ? project.AddAdditionalDocument(ContractFile.Name, contracts, filePath: Path.Combine(Path.GetDirectoryName(project.FilePath) ?? "", ContractFile.Name)).Project.Solution
            : project.Solution.WithAdditionalDocumentText(file.Id, contracts);
    }
}
