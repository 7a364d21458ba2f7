namespace Jobs.Generator.Models;

/// <summary>The types whose metadata and validators are in one file.</summary>
/// <param name="JobType">The job's declaring type, as <see cref="JobModel.TypeName"/>; null for the former forms of inputs.</param>
/// <param name="Json">The types with metadata, ordered by name.</param>
/// <param name="Validated">The types that are checked, the input's own first.</param>
/// <param name="Inputs">Those of <paramref name="Validated"/> that are inputs, by their identifiers.</param>
internal sealed record JobTypesModel(string? JobType, EquatableArray<JsonTypeModel> Json, EquatableArray<ValidatedTypeModel> Validated, EquatableArray<string> Inputs);
