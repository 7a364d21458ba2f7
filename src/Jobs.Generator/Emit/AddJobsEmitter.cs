using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Emits <c>AddJobs</c>, which composes this assembly's jobs with those of its references.</summary>
internal static class AddJobsEmitter
{
    public static SourceWriter Emit(AssemblyModel assembly, EquatableArray<ReferencedAssemblyModel> references)
    {
        var writer = SourceWriter.StartFile();
        writer.Line("namespace Microsoft.Extensions.DependencyInjection;").Line();
        writer.Line("/// <summary>Adds this application's jobs to its services.</summary>");
        writer.Line(EmittedCode.GeneratedCodeAttribute);

        // Embedded: the same class of an assembly whose internals are visible here must not make the call ambiguous.
        writer.Line("[global::Microsoft.CodeAnalysis.Embedded]");
        writer.Open("internal static class JobsServiceCollectionExtensions");
        writer.Line("/// <summary>Adds the jobs of this assembly and of those that it references, their clients, and the worker that runs them.</summary>");
        writer.Line("/// <param name=\"services\">The application's services.</param>");
        writer.Line("/// <param name=\"configure\">Chooses the storage and sets options. Without a storage, jobs are kept in memory.</param>");
        writer.Open("public static global::Microsoft.Extensions.DependencyInjection.IServiceCollection AddJobs(this global::Microsoft.Extensions.DependencyInjection.IServiceCollection services, global::System.Action<global::Jobs.JobsBuilder>? configure = null)");
        writer.Open("var assemblies = new global::Jobs.Metadata.JobAssembly[]");
        writer.Line($"new {JobAssemblyEmitter.GetQualifiedName(assembly)}(),");
        foreach (var reference in references)
        {
            writer.Line($"new {reference.JobAssemblyType}(),");
        }

        writer.Close(";");
        writer.Line("return global::Jobs.Hosting.JobsServices.AddJobs(services, assemblies, configure);");
        return writer.Close().Close();
    }
}
