using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Constants;

/// <summary>Whether a new object becomes a job's input, or a part of one, without passing through anybody's hands.</summary>
internal static class EnqueueTarget
{
    public static bool IsReached(IOperation operation)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IArgumentOperation { Parent: IInvocationOperation invocation }:
                    return IsClient(invocation.TargetMethod.ContainingType);
                case IArgumentOperation { Parent: IObjectCreationOperation }:
                case IConversionOperation { OperatorMethod: null }:
                case IParenthesizedOperation or ITupleOperation or IObjectCreationOperation or IWithOperation or IArrayCreationOperation
                    or IArrayInitializerOperation or ICollectionExpressionOperation or IObjectOrCollectionInitializerOperation or IMemberInitializerOperation:
                case ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation }:
                    continue;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsClient(INamedTypeSymbol type) =>
        type is { Name: "IJobClient", Arity: > 0, ContainingNamespace: { Name: "Jobs", ContainingNamespace.IsGlobalNamespace: true } };
}
