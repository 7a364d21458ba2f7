using Jobs;

namespace WorkBench.Indexing;

/// <summary>Takes the letters of texts that could not be indexed, and notes them for a person to look at.</summary>
[Job(Queue = "quarantine")]
public sealed class QuarantineText(Quarantine quarantine) : IJobHandler<DeadLetter<IndexTextInput>>
{
    public ValueTask HandleAsync(DeadLetter<IndexTextInput> input, JobContext context, CancellationToken cancellationToken)
    {
        quarantine.Add(Path.GetFileName(input.Input?.Path ?? input.RawPayload), input.Error ?? $"{input.Reason}");
        return ValueTask.CompletedTask;
    }
}
