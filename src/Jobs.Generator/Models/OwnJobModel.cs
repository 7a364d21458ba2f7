namespace Jobs.Generator.Models;

/// <summary>The projection of a job that the files of the whole assembly are made of; a changed constructor does not touch it.</summary>
/// <param name="TypeName">The declaring type.</param>
/// <param name="Entry">The entry.</param>
internal sealed record OwnJobModel(string TypeName, JobEntryModel Entry);
