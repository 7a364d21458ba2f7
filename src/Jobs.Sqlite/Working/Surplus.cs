namespace Jobs.Sqlite;

/// <summary>The newest finished record that is too many: of all, or of those of one name that completed, or that did not.</summary>
/// <param name="Name">The name; null for all.</param>
/// <param name="IsCompleted">Of a name, whether those that completed are meant.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Job">Its number.</param>
internal sealed record Surplus(string? Name, bool IsCompleted, long EndedAt, long Job)
{
    /// <summary>The statement that reads it and what ended before it, bound.</summary>
    public SqliteStatement Read(StatementSet statements, int limit) => Name is null
        ? statements["read-surplus"].Bind(1, EndedAt).Bind(2, Job).Bind(3, limit)
        : statements["read-surplus-of-name"].Bind(1, Name).Bind(2, IsCompleted ? 1 : 0).Bind(3, EndedAt).Bind(4, Job).Bind(5, limit);
}
