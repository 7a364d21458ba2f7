using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>Reads what the function claim answers.</summary>
internal sealed class ClaimReader(JobIdCodec ids, ConcurrentDictionary<JobId, JobPlace> chosen, RangeStarts starts)
{
    /// <summary>Policies by their text. They come from code and options, so there are few; calls that invent more are read afresh.</summary>
    private const int MaxPolicies = 1000;

    private readonly ConcurrentDictionary<string, JobPolicy> _policies = new(StringComparer.Ordinal);

    private const int RestIndex = -1;
    private const int FrontIndex = -2;

    /// <summary>Whether ready jobs were there that other claims were looking at.</summary>
    /// <param name="reader">The answer.</param>
    /// <param name="exchange">Gets the jobs.</param>
    /// <param name="nonce">That of the claim.</param>
    /// <param name="fronts">Hear where the claim stopped.</param>
    /// <param name="look">Where it looked.</param>
    /// <param name="unreadable">Gets the ends of jobs whose rows somebody edited into nonsense: visible as failed, and out of the way of the others.</param>
    public async Task<bool> ReadAsync(NpgsqlDataReader reader, WorkExchange exchange, long nonce, LaneFronts fronts, Look look, List<JobOutcome> unreadable)
    {
        List<LaneFront>? stopped = null;
        DateTime? since = null;
        var walk = TimeSpan.Zero;
        var (name, queue) = (string.Empty, string.Empty);
        var (lastRange, lastPack, lastSlot, isOrdered) = (0, 0L, -1, true);
        var isContended = false;
        List<(int Range, int Slot)>? order = null;
        JobKind? kind = null;
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var range = reader.GetInt32(0);
            if (range == FrontIndex)
            {
                walk = TimeSpan.FromMilliseconds(reader.GetInt32(6));
                stopped ??= [];
                if (reader.IsDBNull(3))
                    since = reader.GetDateTime(9);
                else
                    stopped.Add(new LaneFront(reader.GetString(3), reader.GetString(4), reader.GetInt32(5), reader.GetDateTime(9), reader.GetInt64(7), reader.GetInt32(8)));
                continue;
            }

            if (range == RestIndex)
            {
                exchange.NextDueIn = reader.IsDBNull(9) ? null : Later(reader.GetDateTime(9) - reader.GetDateTime(2));
                isContended = reader.GetInt32(6) == 1;
                continue;
            }

            if (!reader.IsDBNull(3))
                (name, queue) = (reader.GetString(3), reader.GetString(4));

            var place = new JobPlace(reader.GetInt64(7), reader.GetInt32(8));
            if (!reader.IsDBNull(12))
                chosen[new JobId(reader.GetGuid(12))] = place;

            if (range != lastRange && place.Slot == lastSlot + 1 && place.Pack == lastPack)
                starts.Add(place);

            isOrdered &= range > lastRange || (range == lastRange && place.Slot > lastSlot);
            (lastRange, lastPack, lastSlot) = (range, place.Pack, place.Slot);
            var lease = new JobLease(reader.GetInt64(1), nonce);
            if (TryRead(reader, name, queue, place, kind) is not { } job)
            {
                unreadable.Add(Unreadable(reader.IsDBNull(12) ? ids.Encode(place) : new JobId(reader.GetGuid(12)), lease));
                continue;
            }

            kind = job.Kind;
            exchange.Claimed.Add(new ClaimedJob(job, lease, reader.GetInt32(6), reader.GetDateTime(2)));
            (order ??= new(exchange.MaxJobs)).Add((range, place.Slot));
        }

        // The server has no reason to give another order, and no duty to give this one.
        if (!isOrdered)
            Sort(exchange.Claimed, order!);

        fronts.Note(look, stopped, since, walk, exchange.Claimed.Count < exchange.MaxJobs);
        if (exchange.Claimed.Count < exchange.MaxJobs && fronts.UntilWiderLook is { } pause && (exchange.NextDueIn is not { } due || due > pause))
            exchange.NextDueIn = pause;

        return isContended;
    }

    private StoredJob? TryRead(NpgsqlDataReader reader, string name, string queue, JobPlace place, JobKind? kind)
    {
        try
        {
            var details = ReadDetails(reader);
            var priority = reader.GetInt32(5);
            var policy = reader.IsDBNull(10) ? JobPolicy.Default : PolicyOf(reader.GetString(10));
            if (kind is null || kind.Priority != priority || !ReferenceEquals(kind.Name, name) || !ReferenceEquals(kind.Queue, queue) || !ReferenceEquals(kind.Policy, policy))
                kind = new JobKind(name, queue, priority, policy);

            return new StoredJob(details?.Id ?? ids.Encode(place), reader.GetDateTime(9), kind, reader.GetFieldValue<byte[]>(11), details);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static JobOutcome Unreadable(JobId id, JobLease lease) => new()
    {
        Id = id,
        Lease = lease,
        Kind = JobOutcomeKind.Failed,
        Reason = FailureReason.InvalidPayload,
        Error = new JobError(typeof(FormatException).FullName!, "The job's row cannot be read: its policy or metadata are not what the storage wrote.", null),
    };

    private JobPolicy PolicyOf(string text)
    {
        if (_policies.TryGetValue(text, out var policy))
            return policy;

        policy = JobPolicy.Parse(text);
        if (_policies.Count < MaxPolicies)
            _policies.TryAdd(text, policy);

        return policy;
    }

    private static void Sort(List<ClaimedJob> claimed, List<(int Range, int Slot)> order)
    {
        var keys = order.ToArray();
        var jobs = claimed.ToArray();
        Array.Sort(keys, jobs);
        claimed.Clear();
        claimed.AddRange(jobs);
    }

    private static TimeSpan Later(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    /// <summary>Columns 12 to 17 of what claim answers, which other statements imitate.</summary>
    public static JobDetails? ReadDetails(NpgsqlDataReader reader)
    {
        if (reader.IsDBNull(12) && reader.IsDBNull(13) && reader.IsDBNull(14) && reader.IsDBNull(15) && reader.IsDBNull(16) && reader.IsDBNull(17) && reader.IsDBNull(18))
            return null;

        var details = new JobDetails
        {
            Id = reader.IsDBNull(12) ? null : new JobId(reader.GetGuid(12)),
            IdempotencyKey = reader.IsDBNull(13) ? null : reader.GetString(13),
            Submitter = reader.IsDBNull(14) ? null : reader.GetString(14),
            Tags = reader.IsDBNull(15) ? [] : reader.GetFieldValue<string[]>(15),
            Metadata = reader.IsDBNull(16) ? FrozenDictionary<string, string>.Empty : ReadMetadata(reader.GetString(16)),
            TraceParent = reader.IsDBNull(17) ? null : reader.GetString(17),
        };
        return reader.IsDBNull(18) ? details : AddGates(details, reader.GetFieldValue<string?[]>(18));
    }

    private static JobDetails AddGates(JobDetails details, string?[] gates) => details with
    {
        ConcurrencyKey = gates[0],
        KeyConcurrency = gates[1] is { } limit ? int.Parse(limit, CultureInfo.InvariantCulture) : 1,
        OrderingKey = gates[2],
        FairnessKey = gates[3],
        Lifo = gates[4] is not null,
    };

    /// <exception cref="FormatException">It is no object: somebody edited the row.</exception>
    public static Dictionary<string, string> ReadMetadata(string json)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new FormatException("Metadata are a JSON object.");

        foreach (var member in document.RootElement.EnumerateObject())
            metadata[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();

        return metadata;
    }
}
