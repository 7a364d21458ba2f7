using System.Collections.Immutable;
using Jobs.Generator.Models;
using Jobs.Generator.Surfaces;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.Parsing;

/// <summary>Turns a type with <c>[Job]</c> into its model. Mistakes narrow the model; they never stop the others.</summary>
internal static class JobParser
{
    /// <summary>Fewer are parsed sooner than a second thread has started.</summary>
    private const int MinConcurrent = 16;

    /// <summary>All jobs of a compilation, in the order of its files. Those that are known, and depend on nothing that changed, are not looked at.</summary>
    public static ImmutableArray<JobModel> Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        var surface = CompilationSurface.Of(compilation, cancellationToken);
        var found = new List<FoundJob>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.AddRange(surface.FindAttributed(tree, "Job").Select(type => ParsedJobs.Find(tree, type.Span, surface)));
        }

        ParseMissing([.. found.Where(static job => !job.IsKnown)], compilation, cancellationToken);
        foreach (var job in found)
        {
            ParsedJobs.Keep(job, surface);
        }

        return [.. found.Select(static job => job.Model).OfType<JobModel>()];
    }

    /// <summary>When a project is opened these are all its jobs, and four fifths of the time go here: then on all cores, as the compiler binds.</summary>
    private static void ParseMissing(IReadOnlyList<FoundJob> jobs, Compilation compilation, CancellationToken cancellationToken)
    {
        // Until the module's attributes are known, the compiler gathers those of all files anew for each name that it binds.
        _ = jobs.Count > 0 ? compilation.SourceModule.GetAttributes() : [];
        if (jobs.Count < MinConcurrent || !compilation.Options.ConcurrentBuild)
        {
            foreach (var job in jobs)
            {
                Parse(job);
            }
        }
        else
        {
            Parallel.ForEach(jobs, new ParallelOptions { CancellationToken = cancellationToken }, Parse);
        }

        void Parse(FoundJob job) => job.Model = JobParser.Parse(Find(job.Tree, job.Span, cancellationToken), compilation.GetSemanticModel(job.Tree), cancellationToken);
    }

    private static TypeDeclarationSyntax Find(SyntaxTree tree, TextSpan span, CancellationToken cancellationToken) =>
        tree.GetRoot(cancellationToken).FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<TypeDeclarationSyntax>(type => type.Span == span)!;

    private static JobModel? Parse(TypeDeclarationSyntax node, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetDeclaredSymbol(node, cancellationToken) is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface } type
            || JobAttributeData.FindOn(type) is not { } data
            || !IsApplied(data, node))
        {
            return null;
        }

        var attribute = new JobAttributeData(data);
        return type.TypeKind == TypeKind.Interface
            ? ParseContract(type, attribute, model.Compilation, cancellationToken)
            : ParseHandler(type, attribute, model.Compilation, cancellationToken);
    }

    /// <summary>A partial type that carries the attribute twice is one job; the compiler reports the second attribute.</summary>
    private static bool IsApplied(AttributeData attribute, TypeDeclarationSyntax node) =>
        attribute.ApplicationSyntaxReference is { } first && first.SyntaxTree == node.SyntaxTree && node.AttributeLists.Span.Contains(first.Span);

    private static JobModel ParseContract(INamedTypeSymbol type, JobAttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var contractInterface = JobSignatureParser.FindContractInterface(type);
        var signature = HandlerParser.IsGeneric(type) || !TypeAccess.CanBeNamed(type, compilation) ? null : JobSignatureParser.Parse(contractInterface, compilation);
        var identity = JobIdentity.Of(type, attribute);
        var schedules = ScheduleParser.Parse(type, identity.Name, attribute, attribute, null, compilation);
        var model = CreateModel(type, identity, attribute, signature, schedules, cancellationToken) with
        {
            // Its documentation tells of them; what runs is the handler's.
            Schedules = EquatableArray<ScheduleModel>.Empty,
            IsContract = true,
            ContractType = signature is null ? null : TypeNames.GetUnannotated(type),
            Used = signature is null ? UsedSymbolsModel.None : GetUsed(type, contractInterface!, contract: null, attribute, compilation),
        };
        return signature is null ? model : WithTypes(model, contractInterface!.TypeArguments, attribute, compilation, cancellationToken);
    }

    private static JobModel ParseHandler(INamedTypeSymbol type, JobAttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var handlerInterface = JobSignatureParser.FindHandlerInterface(type);
        var contract = attribute.Contract is { TypeKind: not TypeKind.Error } named ? named : null;
        var signature = HandlerParser.IsGeneric(type) ? null : JobSignatureParser.Parse(handlerInterface, compilation);
        var canRun = signature is not null
            && attribute.Contract == (object?)contract
            && (contract is null || ContractMatch.FindProblem(handlerInterface!, contract) == ContractProblem.None);

        var identity = JobIdentity.Of(type, attribute);
        var schedules = canRun
            ? ScheduleParser.Parse(type, identity.Name, identity.Attribute, attribute, signature!.Input is null ? null : handlerInterface!.TypeArguments[0], compilation)
            : EquatableArray<ScheduleModel>.Empty;
        var model = CreateModel(type, identity, attribute, signature, schedules, cancellationToken) with
        {
            Handler = canRun ? HandlerParser.Parse(type, handlerInterface!, compilation) : null,
            ContractType = canRun && contract is not null ? TypeNames.GetUnannotated(contract) : null,
            Used = signature is null ? UsedSymbolsModel.None : GetUsed(type, handlerInterface!, contract, attribute, compilation),
        };
        return signature is null ? model : WithTypes(model, handlerInterface!.TypeArguments, attribute, compilation, cancellationToken);
    }

    /// <summary>Adds what is known of the graphs of input and result, and of steps.</summary>
    private static JobModel WithTypes(JobModel model, IReadOnlyList<ITypeSymbol> types, JobAttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var jsonContext = ParseJsonContext(attribute, compilation);
        var stepTypes = attribute.StepTypes.Where(type => TypeAccess.CanBeNamed(type, compilation));
        return model with
        {
            JsonContext = jsonContext,
            JsonTypes = JsonGraphParser.Parse([.. jsonContext is null ? types : [], .. stepTypes], compilation, cancellationToken),

            // The input of a dead letter is not checked again: that it breaks its rules may be why there is a letter.
            ValidatedTypes = types.Count > 0 && !JobsTypes.IsDeadLetter(types[0]) ? ValidationParser.Parse(types[0], compilation, cancellationToken) : EquatableArray<ValidatedTypeModel>.Empty,
        };
    }

    private static JobModel CreateModel(INamedTypeSymbol type, JobIdentity declaration, JobAttributeData attribute, JobSignatureModel? signature, EquatableArray<ScheduleModel> schedules, CancellationToken cancellationToken)
    {
        // The handler may add to its contract what concerns the worker; the contract alone decides how the job is called.
        var settings = declaration.Attribute.Settings.Concat(attribute.Settings)
            .GroupBy(static setting => setting.Property)
            .Select(static group => group.Last())
            .ToEquatableArray();
        var description = attribute.Description ?? declaration.Attribute.Description;
        return new JobModel
        {
            TypeName = TypeNames.GetReadable(type),
            Name = declaration.Name,
            ClientName = declaration.ClientName,
            Description = description,
            Aliases = declaration.Attribute.Aliases.Concat(attribute.Aliases).Distinct().ToEquatableArray(),
            Settings = settings,
            Documentation = DocumentationParser.Parse(type, declaration.Name, description, settings, schedules, cancellationToken),
            Signature = signature,
            Handler = null,
            ContractType = null,
            IsContract = false,
            JsonContext = null,
            Used = UsedSymbolsModel.None,
            Schedules = schedules,
            JsonTypes = EquatableArray<JsonTypeModel>.Empty,
            ValidatedTypes = EquatableArray<ValidatedTypeModel>.Empty,
        };
    }

    /// <summary>What the job's own file names: the declaration, how it is built and called, its types, and the form of a schedule's input.</summary>
    private static UsedSymbolsModel GetUsed(INamedTypeSymbol type, INamedTypeSymbol handlerOrContract, INamedTypeSymbol? contract, JobAttributeData attribute, Compilation compilation)
    {
        var used = new UsedSymbols();
        foreach (var named in new[] { type, handlerOrContract, contract, attribute.JsonContext }.OfType<INamedTypeSymbol>())
        {
            used.AddType(named);
        }

        used.AddMethod(ConstructorParser.Choose(type, compilation));
        foreach (var method in type.GetMembers("HandleAsync"))
        {
            used.Add(method);
        }

        foreach (var constructor in (handlerOrContract.TypeArguments.FirstOrDefault() as INamedTypeSymbol)?.InstanceConstructors ?? [])
        {
            used.Add(constructor);
        }

        return used.ToModel();
    }

    private static string? ParseJsonContext(JobAttributeData attribute, Compilation compilation) =>
        attribute.JsonContext is { } context && JsonContextType.IsUsable(context, compilation) ? TypeNames.GetUnannotated(context) : null;
}
