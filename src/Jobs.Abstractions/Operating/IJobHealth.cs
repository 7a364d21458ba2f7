namespace Jobs;

/// <summary>How the jobs of this application fare. Registered beside <see cref="IJobManager"/>, under the same key where there are several stores.</summary>
public interface IJobHealth
{
    /// <summary>Looks at the storage, the workers and the backlog. A storage that cannot be reached is an answer, not an exception.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    ValueTask<JobHealth> CheckAsync(CancellationToken cancellationToken = default);
}
