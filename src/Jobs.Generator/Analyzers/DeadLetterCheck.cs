using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Whether the job that gets a job's dead letters can hold them.</summary>
internal static class DeadLetterCheck
{
    public static void Check(SymbolAnalysisContext context, JobDeclaration job, INamedTypeSymbol handlerOrContract)
    {
        if (job.Attribute.DeadLetterTo is { TypeKind: not TypeKind.Error } target && FindProblem(target, handlerOrContract) is { } problem)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.DeadLetterMismatch, job.Locations.Argument("DeadLetterTo"), job.DisplayName, Names.Short(target), problem));
        }
    }

    private static string? FindProblem(INamedTypeSymbol target, INamedTypeSymbol failing)
    {
        if (JobAttributeData.FindOn(target) is null)
        {
            return "it has no [Job]";
        }

        var declared = JobSignatureParser.FindHandlerInterface(target) ?? JobSignatureParser.FindContractInterface(target);
        if (declared is null)
        {
            // That rule is broken on the target itself.
            return null;
        }

        var input = failing.TypeArguments.FirstOrDefault();
        var taken = declared.TypeArguments.FirstOrDefault();
        var needed = input is null ? "DeadLetter" : $"DeadLetter<{Names.Short(input)}> or DeadLetter";
        if (taken is null)
        {
            return $"it takes no input, and a letter needs {needed}";
        }

        return Holds(taken as INamedTypeSymbol, input) ? null : $"it takes {Names.Short(taken)}, and a letter needs {needed}";
    }

    private static bool Holds(INamedTypeSymbol? taken, ITypeSymbol? input)
    {
        if (taken is null || !JobsTypes.IsDeadLetter(taken))
        {
            return false;
        }

        return taken.Arity == 0
            || (input is null ? JobsTypes.IsVoid(taken.TypeArguments[0]) : SymbolEqualityComparer.Default.Equals(taken.TypeArguments[0], input));
    }
}
