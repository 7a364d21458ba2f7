namespace Jobs.Sqlite;

/// <summary>What a mark tells of; the numbers are stored.</summary>
internal enum MarkKind
{
    Lane = 1,
    Priority = 2,
    Tag = 3,
    Submitter = 4,
    Hour = 5,
}
