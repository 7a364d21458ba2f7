using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>How every analyzer starts: for hand-written code, concurrently, and only where there can be jobs. Elsewhere nothing is registered.</summary>
public abstract class JobsAnalyzer : DiagnosticAnalyzer
{
    private const string Abstractions = "Jobs.Abstractions";

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (UsesJobs(start.Compilation))
            {
                Register(start);
            }
        });
    }

    /// <summary>Registers what the analyzer looks at; as narrow as can be.</summary>
    /// <param name="context">A compilation that references the product.</param>
    protected abstract void Register(CompilationStartAnalysisContext context);

    /// <summary>Names only: nothing is bound in a project without jobs.</summary>
    private static bool UsesJobs(Compilation compilation)
    {
        foreach (var reference in compilation.ReferencedAssemblyNames)
        {
            if (reference.Name == Abstractions)
            {
                return true;
            }
        }

        return false;
    }
}
