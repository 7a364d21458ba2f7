namespace Jobs.PostgreSql;

/// <summary>The rules for a schema's name: what needs no quoting, and leaves room for a channel's name.</summary>
internal static class SchemaName
{
    private const int MaxLength = 40;

    public static void Check(string schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(schema);
        if (schema.Length > MaxLength
            || schema[0] is >= '0' and <= '9'
            || schema.StartsWith("pg_", StringComparison.Ordinal)
            || schema.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
        {
            throw new JobException(JobErrorCodes.Configuration, $"'{schema}' cannot be the schema of the jobs: use 1 to {MaxLength} lower-case letters, digits and '_', not beginning with a digit or 'pg_', for example 'jobs'.");
        }
    }

    public static string Quote(string schema) => $"\"{schema}\"";

    /// <summary>The channel of LISTEN and NOTIFY.</summary>
    public static string ChannelOf(string schema) => $"jobs_{schema}";
}
