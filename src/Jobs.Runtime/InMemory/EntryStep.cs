using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>A step or wait of a job. Times are UTC ticks.</summary>
internal sealed class EntryStep(in StepWrite write, long now)
{
    public string Name { get; } = write.Name;

    public JobStepKind Kind { get; } = write.Kind;

    public Guid? Secret { get; } = write.Secret;

    public long StoredAt { get; } = now;

    /// <summary>When a wait is over by itself.</summary>
    public long DueAt { get; } = Ticks.Add(now, write.Delay);

    public byte[]? Value { get; set; } = write.Value;

    public bool IsOpen(long now) => StatusAt(now) == JobStepStatus.Open;

    public JobStepStatus StatusAt(long now) => StoredStep.StatusOf(Kind, Value is not null, DueAt <= now);

    public StoredStep Describe(long now) =>
        new(Name, Kind, StatusAt(now), Ticks.ToTime(StoredAt), Kind == JobStepKind.Step ? null : Ticks.ToTime(DueAt), Secret, Value);
}
