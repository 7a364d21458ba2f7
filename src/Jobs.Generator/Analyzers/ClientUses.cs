using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Where a program asks for its own client, and whether something makes or registers it.</summary>
internal sealed class ClientUses(IAssemblySymbol assembly)
{
    private readonly ConcurrentBag<(ITypeSymbol Client, Location Location)> _uses = [];
    private volatile bool _isProvided;

    /// <summary>The first use in the order of files and lines; null when there is none, or the client is provided.</summary>
    public (ITypeSymbol Client, Location Location)? FirstUnregistered => _isProvided || _uses.IsEmpty
        ? null
        : _uses.OrderBy(static use => use.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static use => use.Location.SourceSpan.Start).First();

    /// <summary>Whatever is called AddJobs is taken for the one: nothing is bound for it.</summary>
    public void VisitName(SyntaxNodeAnalysisContext context)
    {
        if (((IdentifierNameSyntax)context.Node).Identifier.ValueText == "AddJobs")
        {
            _isProvided = true;
        }
    }

    /// <summary>Whoever makes a client by hand need not register it.</summary>
    public void VisitCreation(OperationAnalysisContext context)
    {
        if (IsOwnClient(context.Operation.Type))
        {
            _isProvided = true;
        }
    }

    public void VisitInvocation(OperationAnalysisContext context)
    {
        if (((IInvocationOperation)context.Operation).TargetMethod is { Arity: 1, Name: "GetService" or "GetRequiredService" } method)
        {
            Add(method.TypeArguments[0], context.Operation.Syntax.GetLocation());
        }
    }

    public void VisitLambda(OperationAnalysisContext context)
    {
        foreach (var parameter in ((IAnonymousFunctionOperation)context.Operation).Symbol.Parameters)
        {
            // The parameters that the compiler makes up for query expressions are nowhere.
            if (parameter.Locations.FirstOrDefault() is { } location)
            {
                Add(parameter.Type, location);
            }
        }
    }

    public void VisitParameter(SymbolAnalysisContext context) => Add(((IParameterSymbol)context.Symbol).Type, context.Symbol.Locations[0]);

    private void Add(ITypeSymbol type, Location location)
    {
        if (IsOwnClient(type))
        {
            _uses.Add((type, location));
        }
    }

    /// <summary>The generated client, by the constructor that only it has.</summary>
    private bool IsOwnClient(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsSealed: true, InstanceConstructors: { Length: 1 } constructors }
        && constructors[0].Parameters is { Length: 1 } parameters
        && parameters[0].Type.Name == "IJobClientProvider"
        && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly);
}
