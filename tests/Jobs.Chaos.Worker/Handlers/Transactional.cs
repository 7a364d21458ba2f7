namespace Jobs.Chaos.Handlers;

/// <summary>Has its effect and completes in one transaction. One that fails once rolls it back at the first attempt, and returns as if all were well.</summary>
[Job("transactional", MaxAttempts = 100, Backoff = BackoffKind.Fixed, BackoffDelay = "200ms")]
internal sealed class Transactional(Audit audit) : IJobHandler<Work, WorkResult>
{
    public async ValueTask<WorkResult> HandleAsync(Work input, JobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(input.Milliseconds, cancellationToken);
        var result = new WorkResult(input.Number, context.Attempt, Environment.ProcessId);
        await using var connection = await audit.OpenAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await Audit.AffectAsync(transaction, context, input);
            await context.CompleteAsync(result, transaction, cancellationToken);
            if (input.FailsOnce && context.Attempt == 1)
                await transaction.RollbackAsync(CancellationToken.None);
            else
                await transaction.CommitAsync(CancellationToken.None);
        }

        new Report("ran", context.JobId.ToString(), context.JobName, input.Number, context.Attempt).Say();
        return result;
    }
}
