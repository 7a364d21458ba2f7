namespace Jobs;

/// <summary>What becomes of a job that is enqueued while another one has its idempotency key.</summary>
public enum OnDuplicate
{
    /// <summary>The existing job stays as it is, and the call meets it.</summary>
    Keep,

    /// <summary>
    /// A job that is not running yet is replaced: it is cancelled, and the new one takes its key. One that runs or has ended is met.
    /// </summary>
    Replace,

    /// <summary>
    /// As <see cref="Replace"/>, for calls that come in quick succession with a <see cref="EnqueueOptions.Delay"/>: each starts the
    /// delay anew, and only the last one's job runs. One that runs or has ended no longer counts: a new job takes the key.
    /// </summary>
    Debounce,
}
