using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Whether what is declared as a job can be one: the same questions as the generator asks, with the answers told.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobDeclarationAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.JobIsNotAHandler, Rules.HandlerWithoutJob, Rules.AbstractHandler, Rules.GenericJob, Rules.InaccessibleJob,
        Rules.NoUsableConstructor, Rules.SeveralHandlerInterfaces, Rules.InaccessibleJobType, Rules.ContractMismatch, Rules.InvalidJsonContext,
        Rules.DeadLetterMismatch, Rules.ScheduleWithoutInput,
    ];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context) => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (JobDeclaration.Find(type, context.CancellationToken) is not { } job)
        {
            UndeclaredHandler.Check(context, type);
            return;
        }

        var interfaces = job.IsContract ? JobSignatureParser.FindContractInterfaces(type) : JobSignatureParser.FindHandlerInterfaces(type);
        if (interfaces.Count == 1)
        {
            CheckTypes(context, job, interfaces[0]);
            CheckContract(context, job, interfaces[0]);
            DeadLetterCheck.Check(context, job, interfaces[0]);
            ScheduleInputCheck.Check(context, job, interfaces[0]);
        }
        else
        {
            CheckInterfaces(context, job, interfaces);
        }

        CheckType(context, job);
        if (job.Attribute.JsonContext is { TypeKind: not TypeKind.Error } json && !JsonContextType.IsUsable(json, context.Compilation))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.InvalidJsonContext, job.Locations.Argument("JsonContext"), Names.Short(json)));
        }
    }

    private static void CheckInterfaces(SymbolAnalysisContext context, JobDeclaration job, IReadOnlyList<INamedTypeSymbol> interfaces)
    {
        if (interfaces.Count > 1)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.SeveralHandlerInterfaces, job.Locations.Declaration, job.DisplayName, Names.List(interfaces)));
        }
        else if (!HasUnknownBase(job.Type))
        {
            var problem = job.IsContract ? "derives from none of the IJobContract interfaces" : "implements none of the IJobHandler interfaces";
            context.ReportDiagnostic(Diagnostic.Create(Rules.JobIsNotAHandler, job.Locations.Declaration, job.DisplayName, problem));
        }
    }

    /// <summary>What the compiler cannot find could be the missing interface.</summary>
    private static bool HasUnknownBase(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.TypeKind == TypeKind.Error || current.Interfaces.Any(static candidate => candidate.TypeKind == TypeKind.Error))
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckType(SymbolAnalysisContext context, JobDeclaration job)
    {
        var problem = job.IsContract ? FindContractProblem(job.Type, context.Compilation) : HandlerParser.FindProblem(job.Type, context.Compilation);
        var diagnostic = problem switch
        {
            HandlerProblem.NotConstructible => Diagnostic.Create(Rules.AbstractHandler, job.Locations.Declaration, job.DisplayName, job.Type.IsStatic ? "static" : "abstract"),
            HandlerProblem.Generic => Diagnostic.Create(Rules.GenericJob, job.Locations.Declaration, job.DisplayName),
            HandlerProblem.Inaccessible => Diagnostic.Create(Rules.InaccessibleJob, job.Locations.Declaration, job.DisplayName, Names.Scope(job.Type)),
            HandlerProblem.NoConstructor => Diagnostic.Create(Rules.NoUsableConstructor, job.Locations.Declaration, job.DisplayName, "it has no public or internal constructor"),
            HandlerProblem.Parameter => CreateParameterDiagnostic(job, context.Compilation),
            HandlerProblem.RequiredMembers => Diagnostic.Create(Rules.NoUsableConstructor, job.Locations.Declaration, job.DisplayName, "it has required members, which nothing sets; take them in the constructor"),
            _ => null,
        };
        if (diagnostic is not null)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    private static HandlerProblem FindContractProblem(INamedTypeSymbol type, Compilation compilation)
    {
        if (HandlerParser.IsGeneric(type))
        {
            return HandlerProblem.Generic;
        }

        return TypeAccess.CanBeNamed(type, compilation) ? HandlerProblem.None : HandlerProblem.Inaccessible;
    }

    /// <summary>Null when the compiler does not know the parameter's type, and says so itself.</summary>
    private static Diagnostic? CreateParameterDiagnostic(JobDeclaration job, Compilation compilation)
    {
        var parameter = ConstructorParser.FindUnresolvable(ConstructorParser.Choose(job.Type, compilation)!, compilation)!;
        return Names.ContainsUnknown(parameter.Type)
            ? null
            : Diagnostic.Create(Rules.NoUsableConstructor, parameter.Locations.FirstOrDefault() ?? job.Locations.Declaration, job.DisplayName, $"its parameter '{parameter.Name}' cannot be a service");
    }

    private static void CheckTypes(SymbolAnalysisContext context, JobDeclaration job, INamedTypeSymbol handlerOrContract)
    {
        if (HandlerParser.IsGeneric(job.Type))
        {
            return;
        }

        for (var i = 0; i < handlerOrContract.TypeArguments.Length; i++)
        {
            var type = handlerOrContract.TypeArguments[i];
            if (!Names.ContainsUnknown(type) && !TypeAccess.CanBeNamed(type, context.Compilation))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.InaccessibleJobType, job.Locations.Declaration, i == 0 ? "input" : "result", Names.Short(type), job.DisplayName));
            }
        }
    }

    private static void CheckContract(SymbolAnalysisContext context, JobDeclaration job, INamedTypeSymbol handlerInterface)
    {
        if (!job.HasContract || job.Attribute.Contract is not { TypeKind: not TypeKind.Error } contract)
        {
            return;
        }

        var problem = ContractMatch.FindProblem(handlerInterface, contract) switch
        {
            ContractProblem.NoContract => "it is not an interface that derives from one of the IJobContract interfaces",
            ContractProblem.NoJob => "the contract has no [Job]",
            ContractProblem.OtherTypes => $"the handler implements {Names.Short(handlerInterface)}, the contract is {Names.Short(JobSignatureParser.FindContractInterface(contract)!)}",
            _ => null,
        };
        if (problem is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.ContractMismatch, job.Locations.Argument("Contract"), job.DisplayName, Names.Short(contract), problem));
        }
    }
}
