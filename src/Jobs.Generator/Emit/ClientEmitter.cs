using Jobs.Generator.Models;
using Jobs.Generator.Parsing;

namespace Jobs.Generator.Emit;

/// <summary>Emits the typed client and the constants with the jobs' names.</summary>
internal static class ClientEmitter
{
    public static SourceWriter Emit(ClientModel client, AssemblyModel assembly)
    {
        var writer = SourceWriter.StartFile(client.Properties.SelectMany(static job => job.Used.Suppressed));
        writer.Line($"namespace {assembly.Namespace};").Line();
        EmitClient(writer, client, assembly);
        writer.Line();
        EmitNames(writer, client, assembly);
        return writer;
    }

    private static void EmitClient(SourceWriter writer, ClientModel client, AssemblyModel assembly)
    {
        var name = Identifiers.Escape(assembly.ClientName);
        writer.Line("/// <summary>Enqueues this application's jobs. One property per job; a singleton.</summary>");
        writer.Line(EmittedCode.GeneratedCodeAttribute);
        writer.Open($"public sealed partial class {name}");
        writer.Line("/// <summary>Gets the client of every job from <paramref name=\"provider\"/>.</summary>");
        writer.Line("/// <param name=\"provider\">Where the clients come from.</param>");
        writer.Open($"public {name}(global::Jobs.Metadata.IJobClientProvider provider)");
        writer.Line("global::System.ArgumentNullException.ThrowIfNull(provider);");
        foreach (var job in client.Properties)
        {
            writer.Line($"{Identifiers.Escape(job.ClientName)} = {(job.Used.IsObsoleteError ? GetterName(job) + "(provider)" : GetClient(job))};");
        }

        writer.Close();
        foreach (var job in client.Properties)
        {
            writer.Line();
            writer.Summary(job.Documentation);
            writer.ObsoleteIf(job.Used.IsObsoleteError);
            writer.Line($"{(job.IsPublic ? "public" : "internal")} {job.ClientType} {Identifiers.Escape(job.ClientName)} {{ get; }}");
        }

        // Types that only obsolete code may name cannot be named by the constructor, which everybody calls.
        foreach (var job in client.Properties.Where(static job => job.Used.IsObsoleteError))
        {
            writer.Line();
            writer.ObsoleteIf(true);
            writer.Line($"private static {job.ClientType} {GetterName(job)}(global::Jobs.Metadata.IJobClientProvider provider) => {GetClient(job)};");
        }

        writer.Close();
    }

    private static void EmitNames(SourceWriter writer, ClientModel client, AssemblyModel assembly)
    {
        writer.Line($"/// <summary>The stored names of the jobs of <see cref=\"{Identifiers.Escape(assembly.ClientName)}\"/>.</summary>");
        writer.Line(EmittedCode.GeneratedCodeAttribute);
        writer.Open($"public static class {Identifiers.Escape(assembly.NamesName)}");
        for (var i = 0; i < client.Properties.Count; i++)
        {
            var job = client.Properties[i];
            if (i > 0)
            {
                writer.Line();
            }

            writer.Line($"/// <summary>The stored name of <see cref=\"{Identifiers.Escape(assembly.ClientName)}.{Identifiers.Escape(job.ClientName)}\"/>.</summary>");
            writer.Line($"public const string {Identifiers.Escape(job.ClientName)} = {Literals.Format(job.Name)};");
        }

        writer.Close();
    }

    private static string GetterName(JobEntryModel job) => "Get_" + job.ClientName;

    private static string GetClient(JobEntryModel job) => $"provider.Get{GetTypeArguments(job.ClientType)}({Literals.Format(job.Name)})";

    /// <summary>The client interface and the provider's method have the same type arguments.</summary>
    private static string GetTypeArguments(string clientType)
    {
        var start = clientType.IndexOf('<');
        return start < 0 ? "" : clientType.Substring(start);
    }
}
