namespace Jobs.Generator.Models;

/// <summary>What a referenced assembly says of its jobs.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="JobAssemblyType">Its <c>JobAssembly</c>, qualified.</param>
/// <param name="Jobs">Its entries.</param>
/// <param name="Friends">The texts of its <c>InternalsVisibleTo</c>.</param>
/// <param name="Experimental">The ids that any use of the assembly causes, because it is experimental as a whole.</param>
internal sealed record ReferencedAssemblyModel(string Name, string JobAssemblyType, EquatableArray<JobEntryModel> Jobs, EquatableArray<string> Friends, EquatableArray<string> Experimental);
