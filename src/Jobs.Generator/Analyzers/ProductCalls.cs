using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Recognizes calls of the product that give a task.</summary>
internal static class ProductCalls
{
    /// <summary>The product's call that an expression hands on: through <c>?.</c>, <c>AsTask()</c>, <c>ConfigureAwait(…)</c>, <c>Preserve()</c> and parentheses.</summary>
    public static IInvocationOperation? Find(IOperation? operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConditionalAccessOperation access:
                    operation = access.WhenNotNull;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IInvocationOperation { Instance: { } instance, TargetMethod.Name: "AsTask" or "ConfigureAwait" or "Preserve" or "GetAwaiter" }:
                    operation = instance;
                    break;
                case IInvocationOperation invocation:
                    return IsTask(invocation.TargetMethod.ReturnType) && JobsTypes.IsOfProduct(invocation.TargetMethod) ? invocation : null;
                default:
                    return null;
            }
        }
    }

    public static bool IsTask(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } };

    /// <summary>Inside of an expression tree nothing is called: test doubles describe calls in this way.</summary>
    public static bool IsInExpressionTree(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation { Parent: IConversionOperation { Type: INamedTypeSymbol { Name: "Expression", ContainingNamespace.Name: "Expressions" } } })
            {
                return true;
            }
        }

        return false;
    }
}
