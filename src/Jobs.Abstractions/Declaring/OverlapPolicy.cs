namespace Jobs;

/// <summary>What a schedule does when it is time and its previous job is unfinished.</summary>
public enum OverlapPolicy
{
    /// <summary>As the product does: <see cref="Skip"/>.</summary>
    Default,

    /// <summary>Runs the next one beside it.</summary>
    Allow,

    /// <summary>Leaves this time out.</summary>
    Skip,

    /// <summary>Lets one wait until the previous one has ended; further ones are left out.</summary>
    QueueOne,
}
