using System.Buffers;
using System.Text;
using System.Text.Json;
using Jobs.Storage;

namespace Jobs.PostgreSql;

/// <summary>What of a job needs more than its property to become a column.</summary>
internal static class JobColumns
{
    public static string? PolicyOf(JobRecord job) => job.Policy.Format() is { Length: > 0 } policy ? policy : null;

    public static long? KeepOf(JobRecord job) => Unless(job.Policy.RetainCompleted, JobPolicy.Default.RetainCompleted);

    public static long? KeepFailedOf(JobRecord job) => Unless(job.Policy.RetainFailed, JobPolicy.Default.RetainFailed);

    public static DateTime? RunAtOf(JobRecord job) => job.RunAt?.UtcDateTime;

    public static long DelayOf(JobRecord job) => (long)Math.Ceiling(job.Delay.TotalMilliseconds);

    public static long? WindowOf(JobRecord job) => job.Details?.IdempotencyWindow is { } window ? (long)Math.Ceiling(window.TotalMilliseconds) : null;

    public static string? TagsOf(JobRecord job) => job.Details?.Tags is { Count: > 0 } tags ? Text.ArrayLiteral(tags) : null;

    public static string? MetadataOf(JobRecord job) => job.Details?.Metadata is { Count: > 0 } metadata ? ToJson(metadata) : null;

    public static string ToJson(IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in metadata)
                writer.WriteString(key, value);

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static long? Unless(TimeSpan value, TimeSpan standard) => value == standard ? null : (long)Math.Ceiling(value.TotalMilliseconds);
}
