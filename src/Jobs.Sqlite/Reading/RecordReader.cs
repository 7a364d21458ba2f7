using System.Text.Json;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Builds records from the rows of Sql/find-record.sql.</summary>
internal static class RecordReader
{
    /// <exception cref="JsonException">Somebody edited the row.</exception>
    public static JobRecord Read(string name, string queue, SqliteStatement row, JobPolicy policy) => new()
    {
        Name = name,
        Queue = queue,
        Priority = row.Int32(1),
        RunAt = StorageTime.To(row.NullableInt64(3)),
        Policy = policy,
        Payload = row.Blob(5) ?? [],
        Details = ReadDetails(row),
    };

    /// <summary>The details of a row of Sql/read-record.sql.</summary>
    /// <exception cref="JsonException">Somebody edited the row.</exception>
    public static JobDetails? ReadDetails(SqliteStatement row)
    {
        var (explicitId, key, submitter, tags, metadata, trace) =
            (row.Blob(6), row.NullableText(7), row.NullableText(8), row.NullableText(9), row.NullableText(10), row.NullableText(11));
        var gates = JobGates.Read(row, 12);
        if (explicitId is null && key is null && submitter is null && tags is null && metadata is null && trace is null && gates is null)
            return null;

        return new JobDetails
        {
            Id = explicitId is { Length: 16 } ? new JobId(new Guid(explicitId, bigEndian: true)) : null,
            IdempotencyKey = key,
            Submitter = submitter,
            Tags = JsonColumns.List(tags),
            Metadata = JsonColumns.Map(metadata),
            TraceParent = trace,
            ConcurrencyKey = gates?.ConcurrencyKey,
            KeyConcurrency = gates?.ConcurrencyKey is null ? 1 : gates.KeyConcurrency,
            OrderingKey = gates?.OrderingKey,
            FairnessKey = gates?.FairnessKey,
            Lifo = gates?.IsLifo ?? false,
        };
    }
}
