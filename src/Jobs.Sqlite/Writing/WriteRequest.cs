namespace Jobs.Sqlite;

/// <summary>Something to be done in the writer's next transaction.</summary>
internal abstract class WriteRequest
{
    /// <summary>Whether its commit may leave out waiting for the disk: what a power cut would lose of it leads to another delivery at most.</summary>
    public required bool IsRelaxed { get; init; }

    /// <summary>How many jobs it is about, roughly; bounds a transaction.</summary>
    public required int Weight { get; init; }

    /// <summary>Does the work. Runs again from the start when the transaction had to be rolled back because of another request.</summary>
    public abstract void Run(WriteSession session);

    /// <summary>Tells the caller that the work has been committed.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller that nothing of the work remains.</summary>
    public abstract void Fail(Exception exception);
}
