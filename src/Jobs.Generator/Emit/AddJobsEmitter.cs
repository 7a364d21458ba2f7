using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Emits <c>AddJobs</c>, which composes this assembly's jobs with those of its references.</summary>
internal static class AddJobsEmitter
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string Configure = "global::System.Action<global::Jobs.JobsBuilder>?";

    public static SourceWriter Emit(AssemblyModel assembly, EquatableArray<ReferencedAssemblyModel> references)
    {
        var writer = SourceWriter.StartFile(references.SelectMany(static reference => reference.Experimental));
        writer.Line("namespace Microsoft.Extensions.DependencyInjection;").Line();
        writer.Line("/// <summary>Adds this application's jobs to its services.</summary>");
        writer.Line(EmittedCode.GeneratedCodeAttribute);

        // Embedded: the same class of an assembly whose internals are visible here must not make the call ambiguous.
        writer.Line("[global::Microsoft.CodeAnalysis.Embedded]");
        writer.Open("internal static class JobsServiceCollectionExtensions");
        writer.Line("/// <summary>Adds the jobs of this assembly and of those that it references, their clients, and the worker that runs them.</summary>");
        writer.Line("/// <param name=\"services\">The application's services.</param>");
        writer.Line("/// <param name=\"configure\">Chooses the storage and sets options. Without a storage, jobs are kept in memory.</param>");
        writer.Line($"public static {Services} AddJobs(this {Services} services, {Configure} configure = null) =>");
        writer.Line("    global::Jobs.Hosting.JobsServices.AddJobs(services, CreateAssemblies(), configure);").Line();
        writer.Line("/// <summary>Adds the jobs in a store of their own, beside others of the application: its services have the store's name as their key, such as <c>[FromKeyedServices(\"billing\")] JobClient</c>.</summary>");
        writer.Line("/// <param name=\"services\">The application's services.</param>");
        writer.Line("/// <param name=\"store\">The store's name: letters, digits, '-', '_' and '.'.</param>");
        writer.Line("/// <param name=\"configure\">Chooses the storage and sets options. Without a storage, jobs are kept in memory.</param>");
        writer.Line($"public static {Services} AddJobs(this {Services} services, string store, {Configure} configure = null) =>");
        writer.Line("    global::Jobs.Hosting.JobsServices.AddJobs(services, store, CreateAssemblies(), configure);").Line();
        writer.Open("private static global::Jobs.Metadata.JobAssembly[] CreateAssemblies() => new global::Jobs.Metadata.JobAssembly[]");
        writer.Line($"new {JobAssemblyEmitter.GetQualifiedName(assembly)}(),");
        foreach (var reference in references)
        {
            writer.Line($"new {reference.JobAssemblyType}(),");
        }

        return writer.Close(";").Close();
    }
}
