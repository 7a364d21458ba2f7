namespace Jobs.Generator.Models;

/// <summary>What the emitted code must know of the assembly that it is emitted into.</summary>
internal sealed record AssemblyModel
{
    public required string Name { get; init; }

    /// <summary>In hexadecimal; empty when the assembly is not signed.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The escaped root namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The class name of the client.</summary>
    public required string ClientName { get; init; }

    /// <summary>The class name of the constants.</summary>
    public required string NamesName { get; init; }

    /// <summary>The class name of the <c>JobAssembly</c>, unique among assemblies that share a root namespace.</summary>
    public required string JobAssemblyName { get; init; }

    /// <summary>The jobs library is referenced at all.</summary>
    public required bool HasAbstractions { get; init; }

    /// <summary>The runtime is referenced, so there can be an <c>AddJobs</c>.</summary>
    public required bool HasRuntime { get; init; }
}
