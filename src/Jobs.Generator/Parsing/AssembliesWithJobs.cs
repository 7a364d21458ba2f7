using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The referenced assemblies that can have jobs.</summary>
internal static class AssembliesWithJobs
{
    /// <summary>Told by what they reference, so that the attributes of the framework's assemblies are never read.</summary>
    public static IEnumerable<IAssemblySymbol> ReferencedBy(Compilation compilation) => compilation.SourceModule.ReferencedAssemblySymbols
        .Where(static assembly => assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static reference => reference.Name == "Jobs.Abstractions")));
}
