using System.Diagnostics.CodeAnalysis;

namespace Jobs.Storage;

/// <summary>The part of a job that never changes, as the client hands it to the storage.</summary>
/// <remarks>In memory there is one per job, and every byte counts: what jobs share is in <see cref="Kind"/>, what few have in one further object.</remarks>
public class JobRecord
{
    private JobKind? _kind;
    private byte[] _payload;

    /// <summary>Null, the <see cref="JobDetails"/>, or <see cref="Timed"/> around them.</summary>
    private object? _rest;

    /// <summary>Creates a record from its members.</summary>
    public JobRecord() => _payload = [];

    /// <summary>Creates the record of a job of a kind that others share.</summary>
    /// <param name="kind">What it has in common with others.</param>
    /// <param name="payload">The input as UTF-8 JSON; empty for a job without input. The storage may keep the reference.</param>
    /// <param name="details">What only some jobs have; null when this one has none of it.</param>
    [SetsRequiredMembers]
#pragma warning disable CS8618 // The required members are parts of the kind, and the payload.
    public JobRecord(JobKind kind, byte[] payload, JobDetails? details = null)
#pragma warning restore CS8618
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(payload);
        _kind = kind;
        _payload = payload;
        _rest = details;
    }

    /// <summary>What it has in common with others.</summary>
    public JobKind Kind => _kind ?? throw new InvalidOperationException("The record has no name yet.");

    /// <summary>The stored name.</summary>
    public required string Name
    {
        get => Kind.Name;
        init => _kind = Draft with { Name = value };
    }

    /// <summary>The queue.</summary>
    public required string Queue
    {
        get => Kind.Queue;
        init => _kind = Draft with { Queue = value };
    }

    /// <summary>The priority, higher first.</summary>
    public int Priority
    {
        get => Kind.Priority;
        init => _kind = Draft with { Priority = value };
    }

    /// <summary>How it is run, retried and kept. Jobs enqueued alike share one instance.</summary>
    public required JobPolicy Policy
    {
        get => Kind.Policy;
        init => _kind = Draft with { Policy = value };
    }

    /// <summary>The input as UTF-8 JSON; empty for a job without input. The storage may keep the reference.</summary>
    public required byte[] Payload
    {
        get => _payload;
        init => _payload = value;
    }

    /// <summary>When it is due; null means at once, or after <see cref="Delay"/>.</summary>
    public DateTimeOffset? RunAt
    {
        get => Due < 0 ? new DateTimeOffset(~Due, TimeSpan.Zero) : null;
        init => Due = value is { } time ? ~time.UtcTicks : Due;
    }

    /// <summary>How long after the storage's now it is due; zero when <see cref="RunAt"/> is set, which wins.</summary>
    public TimeSpan Delay
    {
        get => Due > 0 ? new TimeSpan(Due) : TimeSpan.Zero;
        init => Due = Due < 0 ? Due : value.Ticks;
    }

    /// <summary>What only some jobs have; null when this one has none of it.</summary>
    public JobDetails? Details
    {
        get => _rest as JobDetails ?? (_rest as Timed)?.Details;
        init => _rest = _rest is Timed timed ? new Timed(timed.Due, value) : value;
    }

    /// <summary>A record like this one with a change.</summary>
    /// <param name="change">What is different; what is null stays.</param>
    public JobRecord With(JobChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var kind = change.Priority is { } priority && priority != Kind.Priority ? Kind with { Priority = priority } : Kind;
        var details = change.Tags is { } tags && (tags.Count > 0 || Details is not null) ? (Details ?? new JobDetails()) with { Tags = tags } : Details;
        return new JobRecord(kind, change.Payload ?? Payload, details) { RunAt = change.RunAt ?? RunAt, Delay = Delay };
    }

    private JobKind Draft => _kind ?? new JobKind(string.Empty, string.Empty, 0, JobPolicy.Default);

    /// <summary>Both ways to say when: a delay in ticks, or the complement of a point in time.</summary>
    private long Due
    {
        get => _rest is Timed timed ? timed.Due : 0;
        set => _rest = value == 0 ? Details : new Timed(value, Details);
    }

    /// <summary>Takes over everything that another record says; for storages that keep records as objects.</summary>
    /// <param name="other">The record to be like.</param>
    protected void Become(JobRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (_kind, _payload, _rest) = (other._kind, other._payload, other._rest);
    }

    private sealed class Timed(long due, JobDetails? details)
    {
        public long Due => due;

        public JobDetails? Details => details;
    }
}
