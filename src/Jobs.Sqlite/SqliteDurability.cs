namespace Jobs;

/// <summary>What an awaited enqueue or completion has survived when the call returns.</summary>
public enum SqliteDurability
{
    /// <summary>
    /// The process may be killed, the machine may lose power: what was awaited is on the disk (one <c>fdatasync</c> per commit, which
    /// concurrent callers share). Only claims, heartbeats and progress commit without waiting: a power cut that loses one of those
    /// leads to another delivery, never to a lost job.
    /// </summary>
    Full,

    /// <summary>
    /// The process may be killed. A power cut or a crash of the operating system may cost the commits since the last checkpoint:
    /// jobs that were accepted in those seconds, and completions, whose jobs then run again. The file is never corrupted. Five times
    /// as many lone commits per second.
    /// </summary>
    Normal,
}
