using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Contracts;

/// <summary>From declarations to contracts.</summary>
internal static class ContractParser
{
    /// <summary>The contracts of all jobs that the compilation declares.</summary>
    public static ContractSet Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        var shapes = new ShapeParser(compilation, cancellationToken);
        var contracts = new ContractSet();
        foreach (var type in DeclaredTypes.Of(compilation.Assembly.GlobalNamespace))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ParseJob(type, shapes) is { } job)
            {
                contracts.Jobs[job.Key] = job.Value;
            }
        }

        foreach (var shape in shapes.Types)
        {
            contracts.Types[shape.Key] = shape.Value;
        }

        return contracts;
    }

    /// <summary>
    /// The name and contract of a job; null for other types, for jobs that are declared wrongly, and for handlers of contracts, whose
    /// contract is the declaration that counts.
    /// </summary>
    public static KeyValuePair<string, JobContract>? ParseJob(INamedTypeSymbol type, ShapeParser shapes)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Interface) || JobAttributeData.FindOn(type) is not { } data)
        {
            return null;
        }

        var attribute = new JobAttributeData(data);
        var isContract = type.TypeKind == TypeKind.Interface;
        if ((!isContract && attribute.Contract is not null) || HandlerParser.IsGeneric(type)
            || (isContract ? JobSignatureParser.FindContractInterface(type) : JobSignatureParser.FindHandlerInterface(type)) is not { } signature)
        {
            return null;
        }

        var types = signature.TypeArguments;
        var annotations = signature.TypeArgumentNullableAnnotations;
        string? Describe(int index) => types.Length <= index ? null
            : attribute.JsonContext is { } context ? $"context({context.ToDisplayString()}, {types[index].ToDisplayString()})"
            : shapes.Add(types[index], annotations[index] == NullableAnnotation.Annotated && types[index].IsReferenceType);
        return new(JobIdentity.Of(type, attribute).Name, new JobContract { Aliases = [.. attribute.Aliases], Input = Describe(0), Result = Describe(1) });
    }
}
