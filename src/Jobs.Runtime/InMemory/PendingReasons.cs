using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>Why a pending job waits.</summary>
internal static class PendingReasons
{
    public static string? Of(JobEntry entry, long now, ConcurrencyGates gates)
    {
        var details = entry.Details;
        if (entry.Extra?.Links is { IsBlocked: true } links)
        {
            return links.Dependencies.Count > 0
                ? PendingReasonText.Dependencies(links.Dependencies.Count)
                : PendingReasonText.Ordering(details!.OrderingKey!);
        }

        if (entry.AwaitedAt(now) is { } wait)
            return PendingReasonText.Waiting(wait.Name, wait.Kind, Ticks.ToTime(wait.DueAt));

        if (entry.At > now)
            return PendingReasonText.Delayed(Ticks.ToTime(entry.At));

        return entry.Place == EntryPlace.Ready && details?.ConcurrencyKey is { } key && gates.Find(key) is { } gate && gate.Running >= details.KeyConcurrency
            ? PendingReasonText.Concurrency(key, gate.Running)
            : null;
    }
}
