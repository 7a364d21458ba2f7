using Jobs.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>Stores jobs in a SQLite file: durable, embedded, without a server, for the processes of one machine.</summary>
public static class SqliteStorageExtensions
{
    /// <summary>Stores jobs in a SQLite file, which is created when it is missing.</summary>
    /// <param name="jobs">The builder.</param>
    /// <param name="connectionString">For example <c>Data Source=jobs.db</c>. The file may hold the application's own tables too; those of this storage begin with <c>jobs_</c>.</param>
    /// <exception cref="JobException">The connection string names no file.</exception>
    public static JobsBuilder UseSqlite(this JobsBuilder jobs, string connectionString) => jobs.UseSqlite(connectionString, static _ => { });

    /// <summary>Stores jobs in a SQLite file, with options.</summary>
    /// <param name="jobs">The builder.</param>
    /// <param name="connectionString">For example <c>Data Source=jobs.db</c>.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="JobException">The connection string names no file, or an option is out of range.</exception>
    public static JobsBuilder UseSqlite(this JobsBuilder jobs, string connectionString, Action<SqliteOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        ArgumentNullException.ThrowIfNull(configure);

        var options = new SqliteOptions();
        configure(options);
        options.Validate();
        var database = new SqliteDatabase(connectionString, options);
        return jobs.UseStorage(services => new SqliteJobStorage(database, options, services.GetService<ILoggerFactory>()));
    }
}
