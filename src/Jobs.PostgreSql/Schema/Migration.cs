namespace Jobs.PostgreSql;

/// <summary>One step of the schema.</summary>
/// <param name="Version">Its number; they only grow, with gaps.</param>
/// <param name="Name">Its file's name without the extension.</param>
/// <param name="Sql">Its text for a schema.</param>
internal sealed record Migration(int Version, string Name, string Sql);
