namespace Jobs.Storage;

/// <summary>A step or wait as it is stored.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Status">Where it is at the moment of reading, by the storage's clock.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="DueAt">When a wait ends or times out; null for a step.</param>
/// <param name="Secret">A token's secret.</param>
/// <param name="Value">The result or the answer as UTF-8 JSON; null when there is none.</param>
public sealed record StoredStep(string Name, JobStepKind Kind, JobStepStatus Status, DateTimeOffset StoredAt, DateTimeOffset? DueAt, Guid? Secret, byte[]? Value)
{
    /// <summary>Where a step or wait is.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="isAnswered">Whether it has its answer.</param>
    /// <param name="isDue">Whether its time has come.</param>
    public static JobStepStatus StatusOf(JobStepKind kind, bool isAnswered, bool isDue) => (kind, isAnswered, isDue) switch
    {
        (JobStepKind.Step, _, _) or (JobStepKind.Wait, _, true) or (JobStepKind.Token, true, _) => JobStepStatus.Completed,
        (JobStepKind.Token, _, true) => JobStepStatus.TimedOut,
        _ => JobStepStatus.Open,
    };
}
