using Jobs.Generator.Constants;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>
/// Finds validation attributes that generated code or native programs cannot use. Those of the framework are no matter: generated code checks what they
/// ask for, and suppresses the warnings that their mere presence causes.
/// </summary>
internal static class ValidationSafety
{
    /// <summary>Reports the rules that the generated validator leaves out, by the model that it is emitted from.</summary>
    public static void CheckRules(SymbolAnalysisContext context, JobDeclaration job, ITypeSymbol root)
    {
        // The input of a dead letter is not checked again.
        if (JobsTypes.IsDeadLetter(root))
        {
            return;
        }

        foreach (var error in ValidationParser.Parse(root, context.Compilation, context.CancellationToken).SelectMany(static type => type.Errors).Distinct())
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.RuleCannotBeChecked, job.Locations.Declaration, job.Identity.Name, error));
        }
    }

    public static void Check(SymbolAnalysisContext context, JobDeclaration job, ITypeSymbol root)
    {
        foreach (var type in JobInputTypes.Reach(root, context.Compilation, context.CancellationToken).OfType<INamedTypeSymbol>().Where(ValidationShapes.HasMembers))
        {
            foreach (var member in ValidationMember.Of(type, context.Compilation, context.CancellationToken))
            {
                foreach (var attribute in ValidationAttributes.OfMember(member.Declarations))
                {
                    if (!ValidationAttributes.IsFramework(attribute) && JsonAttributes.IsUnsafeForTrimming(attribute.AttributeConstructor!))
                    {
                        var location = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation() ?? job.Locations.Declaration;
                        context.ReportDiagnostic(Diagnostic.Create(Rules.ValidationUnsafeForTrimming, location, Names.Short(attribute.AttributeClass!), $"{Names.Short(type)}.{member.Property.Name}", job.Identity.Name));
                    }
                }
            }
        }
    }
}
