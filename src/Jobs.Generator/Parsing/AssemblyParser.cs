using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Parsing;

/// <summary>Reads the assembly's name, root namespace and references.</summary>
internal static class AssemblyParser
{
    private const string DefaultClientName = "JobClient";

    /// <summary>The part that comes from the compilation.</summary>
    public static AssemblyModel Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var references = compilation.ReferencedAssemblyNames.Select(static identity => identity.Name).ToList();
        var name = compilation.AssemblyName ?? "Assembly";
        return new AssemblyModel
        {
            Name = name,
            PublicKey = FriendAssemblies.ToText(compilation.Assembly.Identity.PublicKey),
            Namespace = Identifiers.ToNamespace(name),
            ClientName = DefaultClientName,
            NamesName = GetNamesName(DefaultClientName),
            JobAssemblyName = Identifiers.ToIdentifier(name) + "JobAssembly",
            HasAbstractions = references.Contains("Jobs.Abstractions"),
            HasRuntime = references.Contains("Jobs.Runtime"),
        };
    }

    /// <summary>All of it at once, for the analyzers.</summary>
    public static AssemblyModel Parse(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        var attribute = compilation.Assembly.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.ToDisplayString() == JobsTypes.JobClientAttribute);
        return WithClientName(WithOptions(Parse(compilation, CancellationToken.None), options), attribute is null ? null : GetClientName(attribute));
    }

    /// <summary>Adds what the project sets.</summary>
    public static AssemblyModel WithOptions(AssemblyModel assembly, AnalyzerConfigOptionsProvider options)
    {
        if (options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var rootNamespace) && Identifiers.ToNamespace(rootNamespace.Trim()) is { Length: > 0 } valid)
        {
            assembly = assembly with { Namespace = valid };
        }

        return options.GlobalOptions.TryGetValue("build_property.JobsClientName", out var clientName) ? WithClientName(assembly, clientName.Trim()) : assembly;
    }

    /// <summary>Adds what <c>[assembly: JobClient]</c> sets.</summary>
    public static AssemblyModel WithClientName(AssemblyModel assembly, string? clientName) =>
        clientName is null || !Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(clientName)
            ? assembly
            : assembly with { ClientName = clientName, NamesName = GetNamesName(clientName) };

    public static string? ParseClientAttribute(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) => GetClientName(context.Attributes[0]);

    private static string? GetClientName(AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Name", Value.Value: string name })
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The constants are renamed with the client, because they would stand in the same way: MailJobClient has MailJobNames.</summary>
    private static string GetNamesName(string clientName)
    {
        const string Suffix = "Client";
        return (clientName.EndsWith(Suffix, StringComparison.Ordinal) ? clientName.Substring(0, clientName.Length - Suffix.Length) : clientName) + "Names";
    }
}
