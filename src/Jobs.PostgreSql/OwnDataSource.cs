using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>The data source that the storage makes for itself from a connection string.</summary>
internal static class OwnDataSource
{
    private static readonly string[] _passwords = ["password", "psw", "pwd"];

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
        builder.UseLoggerFactory(new DriverLoggers(loggers));
        return builder.Build();
    }

    /// <exception cref="JobException">The connection string cannot be read, or names no server.</exception>
    public static void Check(string connectionString)
    {
        string problem;
        try
        {
            if (new NpgsqlConnectionStringBuilder(connectionString).Host is { Length: > 0 })
                return;

            problem = "it names no Host";
        }
        catch (ArgumentException exception)
        {
            problem = Explain(connectionString, exception);
        }

        // The driver's exception stays here: it repeats what it stumbled over, which may be a part of the password.
        throw new JobException(JobErrorCodes.Configuration, $"UsePostgreSql cannot use the connection string: {problem}. An example: 'Host=localhost;Database=shop;Username=shop'.");
    }

    private static string Explain(string connectionString, ArgumentException exception) => exception switch
    {
        { ParamName: null } => "it is not made of Keyword=Value, separated by semicolons",
        { InnerException: not KeyNotFoundException } => $"the value of '{exception.ParamName}' makes no sense",
        _ when IsBehindPassword(connectionString, exception.ParamName) => "what follows the password is no keyword; a value with a semicolon belongs in quotes",
        _ => $"there is no keyword '{exception.ParamName}'",
    };

    private static bool IsBehindPassword(string connectionString, string keyword)
    {
        var keywords = connectionString.Split(';').Select(static entry => entry.Split('=')[0].Trim()).ToList();
        var at = keywords.FindIndex(one => one.Equals(keyword, StringComparison.OrdinalIgnoreCase));
        return at > 0 && _passwords.Contains(keywords[at - 1], StringComparer.OrdinalIgnoreCase);
    }
}
