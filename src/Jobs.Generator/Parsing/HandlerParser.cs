using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Decides whether a class can be built and called by emitted code, and how.</summary>
internal static class HandlerParser
{
    /// <summary>Null when <see cref="FindProblem"/> finds one.</summary>
    public static HandlerModel? Parse(INamedTypeSymbol type, INamedTypeSymbol handlerInterface, Compilation compilation) =>
        FindProblem(type, compilation) == HandlerProblem.None
            ? new HandlerModel(TypeNames.GetUnannotated(type), ConstructorParser.Parse(type, compilation), GetDisposal(type), CanCallDirectly(type, handlerInterface))
            : null;

    /// <summary>The first reason why emitted code cannot build the class.</summary>
    public static HandlerProblem FindProblem(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.IsAbstract || type.IsStatic)
        {
            return HandlerProblem.NotConstructible;
        }

        if (IsGeneric(type))
        {
            return HandlerProblem.Generic;
        }

        return TypeAccess.CanBeNamed(type, compilation) ? ConstructorParser.FindProblem(type, compilation) : HandlerProblem.Inaccessible;
    }

    public static bool IsGeneric(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.Arity > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static HandlerDisposal GetDisposal(INamedTypeSymbol type)
    {
        if (type.AllInterfaces.Any(FrameworkTypes.IsAsyncDisposable))
        {
            return HandlerDisposal.Async;
        }

        return type.AllInterfaces.Any(static candidate => candidate.SpecialType == SpecialType.System_IDisposable) ? HandlerDisposal.Sync : HandlerDisposal.None;
    }

    /// <summary>A direct call must mean the interface's method and no other: with a second HandleAsync in sight, overload resolution could choose that one.</summary>
    private static bool CanCallDirectly(INamedTypeSymbol type, INamedTypeSymbol handlerInterface)
    {
        var declared = handlerInterface.GetMembers("HandleAsync").OfType<IMethodSymbol>().Single();
        if (IsPlainImplementation(type, declared))
        {
            return true;
        }

        if (type.FindImplementationForInterfaceMember(declared) is not IMethodSymbol { Name: "HandleAsync", DeclaredAccessibility: Accessibility.Public } implementation
            || implementation.ContainingType.TypeKind == TypeKind.Interface)
        {
            return false;
        }

        var root = GetOverriddenRoot(implementation);
        return GetMembersInSight(type, "HandleAsync").All(member => member is IMethodSymbol method && SymbolEqualityComparer.Default.Equals(GetOverriddenRoot(method), root));
    }

    /// <summary>Whether it can be seen without the compiler's search through bases and interfaces: one method, on a class without a base, as nearly all are.</summary>
    private static bool IsPlainImplementation(INamedTypeSymbol type, IMethodSymbol declared)
    {
        // The name of an explicit implementation ends like that as well.
        var members = type.GetMembers().Where(static member => member.Name.EndsWith("HandleAsync", StringComparison.Ordinal)).ToList();
        return type.BaseType is { SpecialType: SpecialType.System_Object }
            && members.Count == 1
            && members[0] is IMethodSymbol { Name: "HandleAsync", DeclaredAccessibility: Accessibility.Public, IsStatic: false, Arity: 0, RefKind: RefKind.None } method
            && SymbolEqualityComparer.Default.Equals(method.ReturnType, declared.ReturnType)
            && method.Parameters.Length == declared.Parameters.Length
            && method.Parameters.Zip(declared.Parameters, static (given, wanted) => given.RefKind == RefKind.None && SymbolEqualityComparer.Default.Equals(given.Type, wanted.Type)).All(static same => same);
    }

    private static IEnumerable<ISymbol> GetMembersInSight(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                yield return member;
            }
        }
    }

    private static IMethodSymbol GetOverriddenRoot(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
        {
            method = overridden;
        }

        return method;
    }
}
