using System.Globalization;

namespace Jobs.Storage;

/// <summary>What <see cref="JobSnapshot.PendingReason"/> says, alike on every storage.</summary>
public static class PendingReasonText
{
    /// <summary>The job is due later.</summary>
    /// <param name="dueAt">When.</param>
    public static string Delayed(DateTimeOffset dueAt) => string.Create(CultureInfo.InvariantCulture, $"It is due at {dueAt:O}.");

    /// <summary>The job depends on others.</summary>
    /// <param name="count">How many of them have not completed.</param>
    public static string Dependencies(int count) => count == 1
        ? "A job that it depends on has not completed."
        : string.Create(CultureInfo.InvariantCulture, $"{count} jobs that it depends on have not completed.");

    /// <summary>Others with the same ordering key come first.</summary>
    /// <param name="key">The key.</param>
    public static string Ordering(string key) => $"Jobs with the ordering key '{key}' that were enqueued before have not ended.";

    /// <summary>The concurrency key is at its limit.</summary>
    /// <param name="key">The key.</param>
    /// <param name="running">How many run.</param>
    public static string Concurrency(string key, int running) =>
        string.Create(CultureInfo.InvariantCulture, $"The concurrency key '{key}' is at its limit: {running} running.");

    /// <summary>The job waits for a time or an answer.</summary>
    /// <param name="wait">The name of the wait.</param>
    /// <param name="kind">Of which kind it is.</param>
    /// <param name="dueAt">When the wait ends by itself.</param>
    public static string Waiting(string wait, JobStepKind kind, DateTimeOffset dueAt) => kind == JobStepKind.Token
        ? string.Create(CultureInfo.InvariantCulture, $"It waits for the answer '{wait}', until {dueAt:O} at the latest.")
        : string.Create(CultureInfo.InvariantCulture, $"It waits for '{wait}', until {dueAt:O}.");
}
