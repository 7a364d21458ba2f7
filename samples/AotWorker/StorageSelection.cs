using Jobs;

namespace AotWorker;

/// <summary>Which storage, by configuration: the handlers and the API are the same on all of them.</summary>
internal static class StorageSelection
{
    /// <exception cref="InvalidOperationException">The configuration names no storage.</exception>
    public static JobsBuilder UseStorage(this JobsBuilder jobs, IConfigurationSection section)
    {
        var connection = section["ConnectionString"];
        return section["Kind"] switch
        {
            "Sqlite" => jobs.UseSqlite(connection ?? "Data Source=worker.db"),
            "PostgreSql" => jobs.UsePostgreSql(connection ?? throw new InvalidOperationException("Storage:ConnectionString is missing; PostgreSQL needs one.")),
            "InMemory" => jobs.UseInMemory(),
            var other => throw new InvalidOperationException($"Storage:Kind is '{other}'. Choose Sqlite, PostgreSql or InMemory."),
        };
    }
}
