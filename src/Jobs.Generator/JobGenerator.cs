using Jobs.Generator.Composition;
using Jobs.Generator.Contracts;
using Jobs.Generator.Emit;
using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator;

/// <summary>Turns <c>[Job]</c> classes into a typed client, a dispatcher and a registration.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class JobGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        var assembly = ParseAssembly(context);
        var references = ParseReferences(context);
        var jobs = context.CompilationProvider
            .SelectMany(JobParser.Parse)
            .WithTrackingName(TrackingNames.Jobs);

        var upgraders = context.CompilationProvider
            .SelectMany(UpgraderParser.Parse)
            .Collect()
            .Select(UpgradePaths.Order)
            .WithTrackingName(TrackingNames.Upgraders);

        var clashes = jobs.Select(static (job, _) => job.TypeName).Collect().Select(OwnJobs.FindClashes).WithTrackingName(TrackingNames.Clashes);
        var ownJobs = jobs.Select(OwnJobs.Project).WhereNotNull().Collect().Select(OwnJobs.Order).WithTrackingName(TrackingNames.OwnJobs);
        var client = assembly.Combine(ownJobs).Combine(references)
            .Select(static (input, _) => ClientComposer.Compose(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(TrackingNames.Client);
        var types = jobs.Collect().Combine(upgraders).Select(EmittedTypes.Assign).WithTrackingName(TrackingNames.Types);
        var jsonIndex = types.Select(EmittedTypes.IndexJson).WithTrackingName(TrackingNames.JsonIndex);

        context.RegisterSourceOutput(jobs.Combine(assembly.Combine(clashes).Combine(upgraders)), EmitJob);
        context.RegisterSourceOutput(client.Combine(assembly), EmitClient);
        context.RegisterSourceOutput(ownJobs.Combine(jsonIndex).Combine(assembly.Combine(clashes)), EmitJobAssembly);
        context.RegisterSourceOutput(types.SelectMany(static (files, _) => files).Combine(assembly.Combine(clashes)), EmitTypes);
        context.RegisterSourceOutput(jsonIndex.Combine(assembly), EmitJsonIndex);
        context.RegisterSourceOutput(references.Combine(assembly), EmitAddJobs);
        context.RegisterSourceOutput(RecordContracts(context), EmitContracts);
    }

    /// <summary>Nothing, unless the build is asked to record contracts: then what the file should say.</summary>
    private static IncrementalValueProvider<string?> RecordContracts(IncrementalGeneratorInitializationContext context)
    {
        var update = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => ContractFiles.IsUpdate(options.GlobalOptions) ? ContractFiles.Today(options.GlobalOptions) : null);
        var files = context.AdditionalTextsProvider.Where(ContractFiles.IsContractFile).Select(static (file, cancellationToken) => file.GetText(cancellationToken)?.ToString()).Collect();
        return context.CompilationProvider.Combine(update).Combine(files)
            .Select(static (input, cancellationToken) => input.Left.Right is { } today ? ContractRecorder.Record(input.Left.Left, input.Right.FirstOrDefault(), today, cancellationToken) : null)
            .WithTrackingName(TrackingNames.Contracts);
    }

    private static IncrementalValueProvider<AssemblyModel> ParseAssembly(IncrementalGeneratorInitializationContext context)
    {
        var clientName = context.SyntaxProvider
            .ForAttributeWithMetadataName(JobsTypes.JobClientAttribute, static (node, _) => node is CompilationUnitSyntax, AssemblyParser.ParseClientAttribute)
            .WithTrackingName(TrackingNames.ClientAttribute)
            .Collect();
        return context.CompilationProvider
            .Select(AssemblyParser.Parse)
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (input, _) => AssemblyParser.WithOptions(input.Left, input.Right))
            .Combine(clientName)
            .Select(static (input, _) => AssemblyParser.WithClientName(input.Left, input.Right.FirstOrDefault()))
            .WithTrackingName(TrackingNames.Assembly);
    }

    private static IncrementalValueProvider<EquatableArray<ReferencedAssemblyModel>> ParseReferences(IncrementalGeneratorInitializationContext context) =>
        context.MetadataReferencesProvider
            .Select(ReferenceParser.Parse)
            .WhereNotNull()
            .WithTrackingName(TrackingNames.Reference)
            .Collect()
            .Select(ClientComposer.Order)
            .WithTrackingName(TrackingNames.References);

    private static void EmitJob(SourceProductionContext output, (JobModel Job, ((AssemblyModel Assembly, EquatableArray<string> Clashes) Names, EquatableArray<UpgraderModel> Upgraders) Context) input) =>
        output.AddSource(
            JobMemberName.Get(input.Job.TypeName, input.Context.Names.Clashes) + ".g.cs",
            JobEmitter.Emit(input.Job, input.Context.Names.Assembly, input.Context.Names.Clashes, input.Context.Upgraders).ToSourceText());

    private static void EmitClient(SourceProductionContext output, (ClientModel Client, AssemblyModel Assembly) input)
    {
        if (input.Assembly.HasAbstractions)
        {
            output.AddSource("JobClient.g.cs", ClientEmitter.Emit(input.Client, input.Assembly).ToSourceText());
        }
    }

    private static void EmitJobAssembly(SourceProductionContext output, ((EquatableArray<OwnJobModel> Own, EquatableArray<JsonTypeEntry> Json) Jobs, (AssemblyModel Assembly, EquatableArray<string> Clashes) Context) input)
    {
        if (input.Context.Assembly.HasAbstractions)
        {
            output.AddSource("JobAssembly.g.cs", JobAssemblyEmitter.Emit(input.Jobs.Own, input.Context.Assembly, input.Context.Clashes, hasJson: input.Jobs.Json.Count > 0).ToSourceText());
        }
    }

    private static void EmitTypes(SourceProductionContext output, (JobTypesModel Types, (AssemblyModel Assembly, EquatableArray<string> Clashes) Context) input) =>
        output.AddSource(JobTypesEmitter.HintName(input.Types, input.Context.Clashes), JobTypesEmitter.Emit(input.Types, input.Context.Assembly.Namespace));

    private static void EmitJsonIndex(SourceProductionContext output, (EquatableArray<JsonTypeEntry> Types, AssemblyModel Assembly) input)
    {
        if (input.Types.Count > 0)
        {
            output.AddSource(JsonIndexEmitter.HintName, JsonIndexEmitter.Emit(input.Types, input.Assembly.Namespace));
        }
    }

    private static void EmitContracts(SourceProductionContext output, string? contracts)
    {
        if (contracts is not null)
        {
            output.AddSource(ContractsEmitter.HintName, ContractsEmitter.Emit(contracts));
        }
    }

    private static void EmitAddJobs(SourceProductionContext output, (EquatableArray<ReferencedAssemblyModel> References, AssemblyModel Assembly) input)
    {
        if (input.Assembly is { HasAbstractions: true, HasRuntime: true })
        {
            output.AddSource("AddJobs.g.cs", AddJobsEmitter.Emit(input.Assembly, input.References).ToSourceText());
        }
    }
}
