using Jobs.Generator.Models;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.Emit;

/// <summary>
/// Emits the file beside a job's own, with the validators and the metadata of its types. One file for all of them: the compiler's
/// work per file, and its search for names that are taken, cost more than what is in the files.
/// </summary>
internal static class JobTypesEmitter
{
    /// <summary>The file's name.</summary>
    public static string HintName(JobTypesModel types, EquatableArray<string> clashes) =>
        types.JobType is { } job ? JobMemberName.Get(job, clashes) + ".Types.g.cs" : "FormerInputs.g.cs";

    /// <param name="types">The types.</param>
    /// <param name="containingNamespace">The namespace of <c>JobsJson</c> and <c>JobsValidation</c>; empty for the global one.</param>
    public static SourceText Emit(JobTypesModel types, string containingNamespace)
    {
        var suppressed = types.Json.SelectMany(static type => type.SuppressedDiagnostics).Concat(types.Validated.SelectMany(static type => type.Used.Suppressed));
        var writer = SourceWriter.StartFile(suppressed);
        if (types.Json.Count > 0)
        {
            writer.Line(JsonFile.Aliases).Line();
        }

        ValidatorEmitter.WriteSuppressions(writer, types.Validated);
        if (containingNamespace.Length > 0)
        {
            writer.Line($"namespace {containingNamespace};").Line();
        }

        if (types.Validated.Count > 0)
        {
            ValidatorEmitter.Write(writer, types.Validated, types.Inputs);
        }

        if (types.Json.Count > 0)
        {
            if (types.Validated.Count > 0)
            {
                writer.Line();
            }

            JsonTypeEmitter.Write(writer, types.Json);
        }

        return writer.ToSourceText();
    }
}
