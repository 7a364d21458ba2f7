using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Finds the one handler or contract interface of a type, and so the job's input and result.</summary>
internal static class JobSignatureParser
{
    /// <summary>The one handler interface; null when there is none, or several.</summary>
    public static INamedTypeSymbol? FindHandlerInterface(INamedTypeSymbol type) => FindOnly(type, JobsTypes.IsHandler);

    /// <summary>The one contract interface; null when there is none, or several.</summary>
    public static INamedTypeSymbol? FindContractInterface(INamedTypeSymbol type) => FindOnly(type, JobsTypes.IsContract);

    /// <summary>Every handler interface, in the order of the declarations.</summary>
    public static IReadOnlyList<INamedTypeSymbol> FindHandlerInterfaces(INamedTypeSymbol type) => [.. type.AllInterfaces.Where(JobsTypes.IsHandler)];

    /// <summary>Every contract interface, in the order of the declarations.</summary>
    public static IReadOnlyList<INamedTypeSymbol> FindContractInterfaces(INamedTypeSymbol type) => [.. type.AllInterfaces.Where(JobsTypes.IsContract)];

    /// <summary>The types, if emitted code can name them.</summary>
    public static JobSignatureModel? Parse(INamedTypeSymbol? handlerOrContract, Compilation compilation)
    {
        if (handlerOrContract is null || handlerOrContract.TypeArguments.Any(type => !TypeAccess.CanBeNamed(type, compilation)))
        {
            return null;
        }

        var types = handlerOrContract.TypeArguments;
        var used = new UsedSymbols();
        foreach (var type in types)
        {
            used.AddType(type);
        }

        return new JobSignatureModel(
            types.Length > 0 ? TypeNames.ToModel(types[0]) : null,
            types.Length > 1 ? TypeNames.ToModel(types[1]) : null,
            types.All(TypeAccess.IsPublic),
            used.ToModel());
    }

    /// <summary>Whether a handler's and a contract's interface have the same types.</summary>
    public static bool Match(INamedTypeSymbol handler, INamedTypeSymbol contract) =>
        handler.TypeArguments.SequenceEqual(contract.TypeArguments, (left, right) => SymbolEqualityComparer.Default.Equals(left, right));

    private static bool SequenceEqual(this System.Collections.Immutable.ImmutableArray<ITypeSymbol> left, System.Collections.Immutable.ImmutableArray<ITypeSymbol> right, Func<ITypeSymbol, ITypeSymbol, bool> equal) =>
        left.Length == right.Length && left.Zip(right, equal).All(static same => same);

    private static INamedTypeSymbol? FindOnly(INamedTypeSymbol type, Func<INamedTypeSymbol, bool> predicate)
    {
        INamedTypeSymbol? found = null;
        foreach (var candidate in type.AllInterfaces)
        {
            if (!predicate(candidate))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = candidate;
        }

        return found;
    }
}
