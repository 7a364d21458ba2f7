using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>The keys by which a job is held back; no object for a job without any.</summary>
internal sealed record JobGates(string? ConcurrencyKey, int KeyConcurrency, string? OrderingKey, string? FairnessKey, bool IsLifo)
{
    /// <summary>Whether a due job is claimed from jobs_gated.</summary>
    public bool IsGated => ConcurrencyKey is not null || FairnessKey is not null || IsLifo;

    public static JobGates? Of(JobDetails? details) =>
        details is null or { IsGated: false, IsDependent: false }
            ? null
            : new JobGates(details.ConcurrencyKey, details.KeyConcurrency, details.OrderingKey, details.FairnessKey, details.Lifo);

    /// <summary>Reads concurrency_key, key_concurrency, ordering_key, fairness_key and lifo of jobs_job.</summary>
    public static JobGates? Read(SqliteStatement row, int first) =>
        row.IsNull(first) && row.IsNull(first + 2) && row.IsNull(first + 3) && row.IsNull(first + 4)
            ? null
            : new JobGates(row.NullableText(first), row.Int32(first + 1), row.NullableText(first + 2), row.NullableText(first + 3), row.Int64(first + 4) != 0);
}
