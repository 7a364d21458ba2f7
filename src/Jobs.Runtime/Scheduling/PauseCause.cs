namespace Jobs.Scheduling;

/// <summary>Why a schedule is paused.</summary>
internal enum PauseCause
{
    None,

    /// <summary>Somebody paused it, or it was made with Enabled = false: it stays so until somebody resumes it.</summary>
    Somebody,

    /// <summary>It cannot run as it is: a new definition resumes it.</summary>
    Broken,

    /// <summary>It vanished from the code: declaring it again resumes it.</summary>
    Vanished,
}
