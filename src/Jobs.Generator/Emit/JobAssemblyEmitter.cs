using Jobs.Generator.Models;
using Jobs.Generator.Parsing;

namespace Jobs.Generator.Emit;

/// <summary>Emits the assembly's registration, and the attributes by which other generators find it and its jobs.</summary>
internal static class JobAssemblyEmitter
{
    public static SourceWriter Emit(EquatableArray<OwnJobModel> jobs, AssemblyModel assembly, EquatableArray<string> clashes, bool hasJson)
    {
        var writer = SourceWriter.StartFile();
        writer.Line($"[assembly: global::Jobs.Metadata.JobAssembly({Literals.Format(GetQualifiedName(assembly))})]");
        foreach (var job in jobs)
        {
            EmitEntry(writer, job.Entry);
        }

        writer.Line();
        writer.Line($"namespace {assembly.Namespace};").Line();
        writer.Line("/// <summary>The jobs of this assembly, for <c>AddJobs</c> of the application.</summary>");
        writer.Line(EmittedCode.GeneratedCodeAttribute);
        writer.Line(EmittedCode.HiddenAttribute);
        writer.Open($"public sealed partial class {assembly.JobAssemblyName} : global::Jobs.Metadata.JobAssembly");
        if (hasJson)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line("public override global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver? Json => JobsJson.Instance;").Line();
        }

        EmitCreateJobs(writer, jobs, clashes);
        writer.Line();
        EmitAddClient(writer, assembly);
        return writer.Close();
    }

    public static string GetQualifiedName(AssemblyModel assembly) => $"global::{assembly.Namespace}.{assembly.JobAssemblyName}";

    private static void EmitCreateJobs(SourceWriter writer, EquatableArray<OwnJobModel> jobs, EquatableArray<string> clashes)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Open("public override global::System.Collections.Generic.IReadOnlyList<global::Jobs.Metadata.JobDescriptor> CreateJobs() => new global::Jobs.Metadata.JobDescriptor[]");
        foreach (var job in jobs)
        {
            writer.Line($"{JobMemberName.Get(job.TypeName, clashes)}.Create(),");
        }

        writer.Close(";");
    }

    private static void EmitAddClient(SourceWriter writer, AssemblyModel assembly)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Open("public override void AddClient(global::Microsoft.Extensions.DependencyInjection.IServiceCollection services, string? store)");
        writer.Line($"Register(services, store, static clients => new {Identifiers.Escape(assembly.ClientName)}(clients));");
        writer.Close();
    }

    private static void EmitEntry(SourceWriter writer, JobEntryModel job)
    {
        var flags = (job.IsPublic ? "p" : "") + (job.IsContract ? "c" : "") + (job.IsContractHandler ? "h" : "") + (job.Used.IsObsoleteError ? "o" : "");
        var aliases = string.Join("\n", job.Aliases);
        var suppressed = string.Join("\n", job.Used.Suppressed);
        writer.Line($"[assembly: global::Jobs.Metadata.JobEntry({Literals.Format(job.Name)}, {Literals.Format(job.ClientName)}, {Literals.Format(job.ClientType)}, {Literals.Format(flags)}, {Literals.Format(job.Documentation)}, {Literals.Format(aliases)}, {Literals.Format(suppressed)})]");
    }
}
