using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public ValueTask<IReadOnlyList<JobId>> WriteStepsAsync(IReadOnlyList<StepWrite> steps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return Writer.RunAsync<IReadOnlyList<JobId>>(
            session =>
            {
                var lost = new List<JobId>();
                foreach (var step in steps)
                {
                    if (!session.Steps.Write(step))
                        lost.Add(step.Id);
                }

                return lost;
            },
            cancellationToken,
            weight: steps.Count);
    }

    public ValueTask<IReadOnlyList<StoredStep>?> ReadStepsAsync(JobId id, CancellationToken cancellationToken)
    {
        var now = StorageTime.From(_options.TimeProvider.GetUtcNow());
        return Read<IReadOnlyList<StoredStep>?>(
            session =>
            {
                if (session.Ids.Find(id) is not { } found)
                    return null;

                var steps = new List<StoredStep>();
                var read = session.Statements["read-steps"].Bind(1, found.Job);
                while (read.Step())
                {
                    var (kind, dueAt, secret, value) = ((JobStepKind)read.Int64(1), read.NullableInt64(3), read.Blob(4), read.Blob(5));
                    steps.Add(new StoredStep(
                        read.Text(0),
                        kind,
                        StoredStep.StatusOf(kind, value is not null, dueAt <= now),
                        StorageTime.To(read.Int64(2)),
                        StorageTime.To(dueAt),
                        secret is null ? null : new Guid(secret, bigEndian: true),
                        value));
                }

                return steps;
            },
            cancellationToken);
    }

    public ValueTask<JobWaitCompletion> CompleteWaitAsync(JobWaitToken token, byte[] value, CancellationToken cancellationToken) =>
        Writer.RunAsync(session => session.Steps.Complete(token, value), cancellationToken);
}
