using Jobs.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jobs;

/// <summary>Chooses the PostgreSQL storage.</summary>
public static class PostgreSqlStorageExtensions
{
    /// <summary>Keeps jobs in PostgreSQL 15 or later.</summary>
    /// <param name="jobs">The set-up.</param>
    /// <param name="connectionString">An Npgsql connection string. The storage makes a connection pool of its own from it.</param>
    /// <param name="schema">The schema that holds the tables; see <see cref="PostgreSqlStorageOptions.Schema"/>.</param>
    /// <exception cref="JobException">The connection string cannot be read, or an option is out of range.</exception>
    public static JobsBuilder UsePostgreSql(this JobsBuilder jobs, string connectionString, string schema = "jobs") =>
        jobs.UsePostgreSql(connectionString, options => options.Schema = schema);

    /// <inheritdoc cref="UsePostgreSql(JobsBuilder, string, string)"/>
    /// <param name="jobs">The set-up.</param>
    /// <param name="connectionString">An Npgsql connection string. The storage makes a connection pool of its own from it.</param>
    /// <param name="configure">Changes the options.</param>
    public static JobsBuilder UsePostgreSql(this JobsBuilder jobs, string connectionString, Action<PostgreSqlStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        OwnDataSource.Check(connectionString);
        var options = Configure(configure);
        return jobs.UseStorage(services => new PostgreSqlStorage(OwnDataSource.Create(connectionString, LoggerFactoryOf(services)), ownsDataSource: true, options, LoggerOf(services)));
    }

    /// <summary>Keeps jobs in PostgreSQL 15 or later, on connections of the application's own data source.</summary>
    /// <param name="jobs">The set-up.</param>
    /// <param name="dataSource">Gives the data source, for example <c>services => services.GetRequiredService&lt;NpgsqlDataSource&gt;()</c>; it stays the application's to dispose.</param>
    /// <param name="schema">The schema that holds the tables; see <see cref="PostgreSqlStorageOptions.Schema"/>.</param>
    public static JobsBuilder UsePostgreSql(this JobsBuilder jobs, Func<IServiceProvider, NpgsqlDataSource> dataSource, string schema = "jobs") =>
        jobs.UsePostgreSql(dataSource, options => options.Schema = schema);

    /// <inheritdoc cref="UsePostgreSql(JobsBuilder, Func{IServiceProvider, NpgsqlDataSource}, string)"/>
    /// <param name="jobs">The set-up.</param>
    /// <param name="dataSource">Gives the data source; it stays the application's to dispose.</param>
    /// <param name="configure">Changes the options.</param>
    public static JobsBuilder UsePostgreSql(this JobsBuilder jobs, Func<IServiceProvider, NpgsqlDataSource> dataSource, Action<PostgreSqlStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(dataSource);
        var options = Configure(configure);
        return jobs.UseStorage(services => new PostgreSqlStorage(dataSource(services), ownsDataSource: false, options, LoggerOf(services)));
    }

    private static PostgreSqlStorageOptions Configure(Action<PostgreSqlStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PostgreSqlStorageOptions();
        configure(options);
        SchemaName.Check(options.Schema);
        if (options.MaxFinished < 0)
            throw new JobException(JobErrorCodes.Configuration, $"PostgreSqlStorageOptions.MaxFinished must not be negative, it is {options.MaxFinished}. Leave it null to keep finished jobs for their retention.");

        return options;
    }

    private static ILoggerFactory LoggerFactoryOf(IServiceProvider services) => services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;

    private static ILogger LoggerOf(IServiceProvider services) => LoggerFactoryOf(services).CreateLogger("Jobs.PostgreSql");
}
