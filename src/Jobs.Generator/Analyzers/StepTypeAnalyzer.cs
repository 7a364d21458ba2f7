using System.Collections.Concurrent;
using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Steps and waits whose type is in no job's metadata. Only the end of the compilation knows them all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepTypeAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.StepTypeUnknown];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        var roots = new ConcurrentBag<ITypeSymbol>();
        var uses = new ConcurrentBag<(ITypeSymbol Type, Location Location)>();
        var hasOwnContext = false;
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (JobDeclaration.Find(type, symbol.CancellationToken) is not { } job)
                {
                    return;
                }

                // What a hand-written context knows is its author's affair.
                if (job.Attribute.JsonContext is not null)
                {
                    Volatile.Write(ref hasOwnContext, true);
                }

                var signature = job.IsContract ? JobSignatureParser.FindContractInterface(type) : JobSignatureParser.FindHandlerInterface(type);
                foreach (var root in (signature?.TypeArguments ?? []).Concat(job.Attribute.StepTypes))
                {
                    if (TypeAccess.CanBeNamed(root, symbol.Compilation))
                    {
                        roots.Add(root);
                    }
                }
            },
            SymbolKind.NamedType);
        context.RegisterOperationAction(
            operation =>
            {
                if (FindType((IInvocationOperation)operation.Operation) is { } type)
                {
                    uses.Add((type, operation.Operation.Syntax.GetLocation()));
                }
            },
            OperationKind.Invocation);
        context.RegisterCompilationEndAction(end =>
        {
            if (!uses.IsEmpty && !Volatile.Read(ref hasOwnContext))
            {
                Report(end, roots, uses);
            }
        });
    }

    /// <summary>The type that a call stores or reads by the metadata of the assembly; null when it needs none, or brings its own.</summary>
    private static ITypeSymbol? FindType(IInvocationOperation call)
    {
        if (call.TargetMethod is not { Name: "StepAsync" or "WaitForAsync", Arity: 1 } method
            || !JobsTypes.Is(method.ContainingType, "JobContext")
            || method.TypeArguments[0] is not { } type
            || type is ITypeParameterSymbol or IErrorTypeSymbol
            || IsSimple(type))
        {
            return null;
        }

        var json = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "json");
        return json is null or { Value.ConstantValue: { HasValue: true, Value: null } } ? type : null;
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<ITypeSymbol> roots, IEnumerable<(ITypeSymbol Type, Location Location)> uses)
    {
        var graph = new JsonGraph(context.Compilation);
        foreach (var root in roots)
        {
            graph.Add(root);
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        while (graph.Take() is { } type)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            JsonTypeParser.Parse(type, graph);
            known.Add(JsonTypeNames.NameOf(type));
        }

        // An assembly without jobs has no metadata of its own, and cannot know that of others.
        foreach (var (type, location) in uses)
        {
            if (known.Count > 0 && !known.Contains(JsonTypeNames.NameOf(JsonTypeNames.Erase(type, context.Compilation))))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.StepTypeUnknown, location, Names.Short(type)));
            }
        }
    }

    private static bool IsSimple(SpecialType type) => type is SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_Int16
        or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Single
        or SpecialType.System_Double or SpecialType.System_Decimal or SpecialType.System_DateTime;

    /// <summary>Whether the runtime has metadata for the type itself: SimpleJson there has the same types.</summary>
    private static bool IsSimple(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => IsSimple(nullable.TypeArguments[0]),
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => true,
        { SpecialType: var special } when IsSimple(special) => true,
        { TypeKind: TypeKind.Enum } => false,
        { Name: "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Uri", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
        { Name: "JsonElement", ContainingNamespace: { Name: "Json", ContainingNamespace.Name: "Text" } } => true,
        _ => JobsTypes.Is(type, "JobId"),
    };
}
