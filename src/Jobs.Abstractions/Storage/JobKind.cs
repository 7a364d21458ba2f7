namespace Jobs.Storage;

/// <summary>What jobs that are enqueued alike have in common. One object for all of them, so that a job carries one reference.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Priority">The priority, higher first.</param>
/// <param name="Policy">How they are run, retried and kept.</param>
public sealed record JobKind(string Name, string Queue, int Priority, JobPolicy Policy);
