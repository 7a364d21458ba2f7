namespace Jobs.Generator.Models;

/// <summary>The client of an assembly: one property per job, own and referenced.</summary>
internal sealed record ClientModel(EquatableArray<JobEntryModel> Properties);
