using System.Text.Json;

namespace Jobs;

/// <summary>A step or a wait of a job, as <see cref="IJobManager.ListStepsAsync"/> tells it.</summary>
/// <param name="Name">Its name, unique within the job.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Status">Where it is.</param>
/// <param name="StoredAt">When it was stored, by the storage's clock: for a step when it was done, for a wait when it began.</param>
/// <param name="DueAt">When a wait ends, or times out; null for a step.</param>
/// <param name="Value">The step's result or the answer; null when there is none (yet).</param>
public sealed record JobStep(string Name, JobStepKind Kind, JobStepStatus Status, DateTimeOffset StoredAt, DateTimeOffset? DueAt, JsonElement? Value);
