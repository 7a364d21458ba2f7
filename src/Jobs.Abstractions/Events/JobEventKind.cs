namespace Jobs;

/// <summary>What happened. The numbers are stored.</summary>
public enum JobEventKind
{
    /// <summary>A job was enqueued, or came back to wait: snoozed, given back, promoted, or waiting for a time or an answer.</summary>
    Waiting = 0,

    /// <summary>A worker took the job; an attempt begins.</summary>
    Active = 1,

    /// <summary>The handler reported progress. Reports in quick succession may be merged.</summary>
    Progress = 2,

    /// <summary>The job completed.</summary>
    Completed = 3,

    /// <summary>An attempt failed; <see cref="JobEvent.WillRetry"/> says whether there is another one.</summary>
    Failed = 4,

    /// <summary>Jobs of dead workers were taken over, or failed because that happened too often; the message has the numbers.</summary>
    Stalled = 5,

    /// <summary>The job was cancelled.</summary>
    Cancelled = 6,

    /// <summary>The job failed for good and left a letter.</summary>
    DeadLettered = 7,

    /// <summary>Somebody had an ended job run again.</summary>
    Retried = 8,

    /// <summary>Somebody changed a pending job.</summary>
    Edited = 9,

    /// <summary>Somebody removed a job.</summary>
    Deleted = 10,

    /// <summary>A worker has nothing left to do in the queues that it takes.</summary>
    Drained = 11,

    /// <summary>A queue or a job was paused; or, as the message says, a worker, a concurrency key or everything.</summary>
    Paused = 12,

    /// <summary>What was paused was resumed.</summary>
    Resumed = 13,
}
