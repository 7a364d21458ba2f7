using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Whether each schedule without arguments is one of a job whose input can be made without any.</summary>
internal static class ScheduleInputCheck
{
    public static void Check(SymbolAnalysisContext context, JobDeclaration job, INamedTypeSymbol handlerOrContract)
    {
        // A contract has no schedules of its own: its handler runs them, and is asked about them.
        if (job.IsContract
            || HandlerParser.IsGeneric(job.Type)
            || handlerOrContract.TypeArguments.FirstOrDefault() is not { } input
            || Names.ContainsUnknown(input)
            || !TypeAccess.CanBeNamed(input, context.Compilation)
            || ScheduleParser.HasDefaultForm(input, context.Compilation))
        {
            return;
        }

        if ((job.Attribute.Cron ?? job.Identity.Attribute.Cron) is not null)
        {
            Report(job.Locations.Argument("Cron"), job.Identity.Name);
        }

        foreach (var attribute in job.Type.GetAttributes())
        {
            if (JobsTypes.Is(attribute.AttributeClass, "JobScheduleAttribute")
                && attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string id }
                && ScheduleParser.GetArguments(attribute).Length == 0)
            {
                Report(attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation() ?? job.Locations.Declaration, id);
            }
        }

        void Report(Location location, string id) =>
            context.ReportDiagnostic(Diagnostic.Create(Rules.ScheduleWithoutInput, location, id, job.DisplayName, Names.Short(input)));
    }
}
