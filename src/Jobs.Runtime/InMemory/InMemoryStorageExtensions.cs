using Jobs.InMemory;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs;

/// <summary>Chooses the in-memory storage.</summary>
public static class InMemoryStorageExtensions
{
    /// <summary>
    /// Keeps jobs in the memory of this process: fast, and gone with it. At most 10,000 finished jobs are kept. Time comes from
    /// the registered <see cref="TimeProvider"/>, else from the system.
    /// </summary>
    /// <param name="jobs">The set-up.</param>
    public static JobsBuilder UseInMemory(this JobsBuilder jobs) => jobs.UseInMemory(static _ => { });

    /// <inheritdoc cref="UseInMemory(JobsBuilder)"/>
    /// <param name="jobs">The set-up.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static JobsBuilder UseInMemory(this JobsBuilder jobs, Action<InMemoryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new InMemoryOptions();
        configure(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxFinished, "InMemoryOptions.MaxFinished");
        return jobs.UseStorage(services => new InMemoryStorage(services.GetService<TimeProvider>() ?? TimeProvider.System, options));
    }
}
