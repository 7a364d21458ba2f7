using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>Every type whose objects are validated with an input: those of this assembly's jobs and of the jobs that it references.</summary>
internal sealed class JobInputTypes
{
    private readonly HashSet<ITypeSymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;

    private JobInputTypes(Compilation compilation, CancellationToken cancellationToken) => (_compilation, _cancellationToken) = (compilation, cancellationToken);

    public static JobInputTypes Find(Compilation compilation, CancellationToken cancellationToken)
    {
        var types = new JobInputTypes(compilation, cancellationToken);
        types.AddJobsOf(compilation.Assembly.GlobalNamespace);
        foreach (var reference in AssembliesWithJobs.ReferencedBy(compilation))
        {
            foreach (var attribute in reference.GetAttributes())
            {
                if (attribute.AttributeClass is { Name: JobsTypes.JobEntryAttribute } type && FrameworkTypes.IsNamespace(type.ContainingNamespace, JobsTypes.MetadataNamespace)
                    && attribute.ConstructorArguments is { Length: > 2 } arguments && arguments[2].Value is string clientType && ResolveInput(clientType, reference) is { } input)
                {
                    types.Add(input);
                }
            }
        }

        return types;
    }

    /// <summary>The types whose objects are validated with one input.</summary>
    public static IEnumerable<ITypeSymbol> Reach(ITypeSymbol input, Compilation compilation, CancellationToken cancellationToken)
    {
        var types = new JobInputTypes(compilation, cancellationToken);
        types.Add(input);
        return types._types;
    }

    public bool Contains(ITypeSymbol type) => _types.Contains(type);

    private void AddJobsOf(INamespaceOrTypeSymbol container)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceSymbol space)
            {
                AddJobsOf(space);
            }
            else if (member is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct } type)
            {
                foreach (var contract in type.AllInterfaces)
                {
                    if (contract.TypeArguments.Length > 0 && (JobsTypes.IsHandler(contract) || JobsTypes.IsContract(contract)))
                    {
                        Add(contract.TypeArguments[0]);
                    }
                }

                AddJobsOf(type);
            }
        }
    }

    private void Add(ITypeSymbol input)
    {
        var open = new Stack<ITypeSymbol>();
        open.Push(input);
        while (open.Count > 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var type = ValidationShapes.WithoutNullable(open.Pop());
            var elements = ValidationElements.Of(type);
            var hasMembers = ValidationShapes.HasMembers(type);
            if ((elements is null && !hasMembers) || !_types.Add(type))
            {
                continue;
            }

            if (elements is not null)
            {
                open.Push(elements.Type);
            }

            if (!hasMembers)
            {
                continue;
            }

            foreach (var member in ValidationMember.Of((INamedTypeSymbol)type, _compilation, _cancellationToken))
            {
                if (member.IsData)
                {
                    open.Push(member.Property.Type);
                }
            }

            foreach (var subtype in ValidationSubtypes.Of((INamedTypeSymbol)type, _compilation, _cancellationToken))
            {
                open.Push(subtype);
            }
        }
    }

    /// <summary>The input of a client interface that is named in text. Generic inputs are left out: their text would have to be parsed.</summary>
    private static INamedTypeSymbol? ResolveInput(string clientType, IAssemblySymbol assembly)
    {
        const string Start = "global::Jobs.IJobClient<global::";
        if (!clientType.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }

        var end = clientType.IndexOfAny([',', '>', '<', '?', '[', '('], Start.Length);
        if (end < 0 || clientType[end] is not (',' or '>'))
        {
            return null;
        }

        var parts = clientType.Substring(Start.Length, end - Start.Length).Split('.').Select(static part => part.TrimStart('@')).ToArray();
        INamespaceOrTypeSymbol? current = assembly.GlobalNamespace;
        foreach (var part in parts)
        {
            current = (INamespaceOrTypeSymbol?)(current as INamespaceSymbol)?.GetNamespaceMembers().FirstOrDefault(space => space.Name == part)
                ?? current?.GetTypeMembers(part, 0).FirstOrDefault();
        }

        return current as INamedTypeSymbol;
    }
}
