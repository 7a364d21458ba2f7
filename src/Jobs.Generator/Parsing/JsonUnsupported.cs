using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Types that have no metadata, and why.</summary>
internal static class JsonUnsupported
{
    public static string? Find(ITypeSymbol type, JsonGraph graph)
    {
        switch (type.TypeKind)
        {
            case TypeKind.Error:
                return "the type does not exist";
            case TypeKind.Pointer or TypeKind.FunctionPointer:
                return "a pointer means nothing outside its process";
            case TypeKind.TypeParameter:
                return "a type parameter is not a type yet";
            case TypeKind.Delegate:
                return "code does not travel";
            case TypeKind.Array when type is IArrayTypeSymbol { Rank: > 1 }:
                return "JSON has no arrays of several dimensions; use an array of arrays";
            case TypeKind.Array:
                return FindUnnameable(type, graph);
        }

        if (type.SpecialType == SpecialType.System_Void)
        {
            return "void is not a value";
        }

        if (type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr)
        {
            return "its size depends on the process; use long";
        }

        if (type.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate)
        {
            return "code does not travel";
        }

        if (type is INamedTypeSymbol { IsUnboundGenericType: true })
        {
            return "it is an open generic type";
        }

        return FindUnnameable(type, graph) ?? FindBound(type);
    }

    /// <summary>Why emitted code can't use the type, if only to say that it has no metadata.</summary>
    public static string? FindUnnameable(ITypeSymbol type, JsonGraph graph)
    {
        switch (type)
        {
            case { IsRefLikeType: true }:
                return "it lives on the stack only";
            case IArrayTypeSymbol array:
                return FindUnnameable(array.ElementType, graph);
            case IPointerTypeSymbol or IFunctionPointerTypeSymbol or ITypeParameterSymbol or IErrorTypeSymbol:
                return "it is made of something that can't be named";
            case INamedTypeSymbol { IsAnonymousType: true }:
                return "an anonymous type can't be named";
            case INamedTypeSymbol { IsStatic: true }:
                return "a static class has no values";
            case INamedTypeSymbol named:
                if (!graph.CanName(named))
                {
                    return JsonAttributes.IsObsoleteAsError(named)
                        ? "it is obsolete, and using it is an error"
                        : "it is less accessible than the job's assembly; make it internal or public";
                }

                for (var part = named; part is not null; part = part.ContainingType)
                {
                    if (part.IsFileLocal)
                    {
                        return "it is local to its file";
                    }

                    foreach (var argument in part.TypeArguments)
                    {
                        if (FindUnnameable(argument, graph) is { } problem)
                        {
                            return problem;
                        }
                    }
                }

                return null;
            default:
                return null;
        }
    }

    /// <summary>Types that mean something in their own process only.</summary>
    private static string? FindBound(ITypeSymbol type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (current.ContainingType is null && FindBound(current.Name) is var (space, problem) && FrameworkTypes.IsNamespace(current.ContainingNamespace, space))
            {
                return problem;
            }
        }

        return null;
    }

    private static (string Namespace, string Problem)? FindBound(string name) => name switch
    {
        "MemberInfo" => ("System.Reflection", "types and members of programs do not travel"),
        "SerializationInfo" => ("System.Runtime.Serialization", "it belongs to another serializer"),
        "Stream" or "TextReader" or "TextWriter" => ("System.IO", "it is open in one process only; send the content, or say where it is stored"),
        "Task" or "ValueTask" => ("System.Threading.Tasks", "work in progress does not travel; await it and send what it returns"),
        "CancellationToken" => ("System.Threading", "cancellation belongs to a process; the handler is given a token of its own"),
        "IServiceProvider" => ("System", "services belong to a process; take them in the handler's constructor"),
        "Exception" => ("System", "an exception refers to the program that threw it; send its type and message"),
        "Expression" => ("System.Linq.Expressions", "code does not travel"),
        _ => null,
    };
}
