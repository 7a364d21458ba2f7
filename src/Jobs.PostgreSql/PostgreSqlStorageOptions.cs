namespace Jobs;

/// <summary>How the PostgreSQL storage is set up.</summary>
public sealed class PostgreSqlStorageOptions
{
    /// <summary>The schema that holds the tables, on its own: 1 to 40 lower-case letters, digits and '_', not beginning with a digit or "pg_". Default: "jobs".</summary>
    public string Schema { get; set; } = "jobs";

    /// <summary>
    /// Whether the first process up creates or migrates the schema. When false, somebody else runs the script of
    /// <see cref="PostgreSql.PostgreSqlSchema.GetScript"/>, and the application's role needs no right to create anything. Default: true.
    /// </summary>
    public bool AutoMigrate { get; set; } = true;

    /// <summary>
    /// How many finished jobs are kept, all states together; beyond it, those that ended first are removed before their own retention would,
    /// with the next maintenance, in batches. Null: their retention alone decides. Not negative. Default: null. A count of a million takes
    /// some tenths of a second and is repeated seldom, so more may be kept for a minute.
    /// </summary>
    public int? MaxFinished { get; set; }

    /// <summary>A walk to the first jobs of each lane over more index entries is slow. Tests set it.</summary>
    internal int SlowWalk { get; set; } = 1000;

    /// <summary>After so many slow walks in a row, claims go on from where they stopped for a while: the first one may clear the dead entries away.</summary>
    internal int SlowWalks { get; set; } = 2;

    /// <summary>What the pauses between looks are measured by. Tests set it.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;
}
