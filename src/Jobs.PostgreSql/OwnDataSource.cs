using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>The data source that the storage makes for itself from a connection string.</summary>
internal static class OwnDataSource
{
    public static NpgsqlDataSource Create(string connectionString, ILoggerFactory loggers)
    {
        // A connection of the storage never joins a transaction that happens to be around. And nobody else uses this pool, nor
        // does the storage leave anything in a session, so that a reset would only throw away the plans of the functions.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString) { ConnectionStringBuilder = { Enlist = false, NoResetOnClose = true } };
        if (builder.ConnectionStringBuilder.ApplicationName is null)
            builder.ConnectionStringBuilder.ApplicationName = "jobs";

        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.EnableIntegratedSecurity();
        builder.UseLoggerFactory(loggers);
        return builder.Build();
    }
}
