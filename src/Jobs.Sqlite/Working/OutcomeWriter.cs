using System.Runtime.InteropServices;
using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// Stores the outcomes of an exchange. Jobs that were claimed together and completed together, without a result, end together: a few
/// statements for all of them, under all of their fences. Every other outcome has its own.
/// </summary>
internal sealed class OutcomeWriter(WriteSession session)
{
    /// <summary>Fewer are as fast one by one.</summary>
    private const int MinRange = 4;

    private readonly List<Completion> _completions = [];

    public void Write(WorkExchange exchange)
    {
        var outcomes = CollectionsMarshal.AsSpan(exchange.Outcomes);
        Span<bool> isStored = outcomes.Length <= 1024 ? stackalloc bool[outcomes.Length] : new bool[outcomes.Length];
        CompleteRanges(outcomes, isStored);
        for (var i = 0; i < outcomes.Length; i++)
            exchange.Dispositions.Add(isStored[i] ? OutcomeDisposition.Stored : session.Leases.Apply(outcomes[i]));
    }

    private void CompleteRanges(ReadOnlySpan<JobOutcome> outcomes, Span<bool> isStored)
    {
        // With keys and dependencies about, each end may release others.
        if (outcomes.Length < MinRange || session.HasGates)
            return;

        _completions.Clear();
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { Kind: JobOutcomeKind.Completed, Result: null or [] } && IssuedId.TryRead(outcomes[i].Id, out var job, out _))
                _completions.Add(new Completion(job, outcomes[i].Lease, i));
        }

        _completions.Sort();
        var completions = CollectionsMarshal.AsSpan(_completions);
        while (completions.Length >= MinRange)
        {
            var count = 1;
            while (count < completions.Length && completions[count - 1].IsFollowedBy(completions[count]))
                count++;

            if (count >= MinRange && TryComplete(completions[..count]))
            {
                foreach (var completion in completions[..count])
                {
                    session.Signals.Ended.Add(outcomes[completion.Index].Id);
                    isStored[completion.Index] = true;
                }
            }

            completions = completions[count..];
        }
    }

    /// <summary>False, and nothing has happened, when one of them is no longer held, is to be cancelled, or is otherwise not like the others.</summary>
    private bool TryComplete(ReadOnlySpan<Completion> range)
    {
        var count = Bind("count-lease-range", range);
        count.Step();
        var (held, policy, lastPolicy) = (count.Int64(0), count.NullableText(1), count.NullableText(2));
        count.Reset();
        if (held != range.Length || policy is null || policy != lastPolicy)
            return false;

        var keep = session.Places.Policies.ParseOrDefault(policy).RetainCompleted;
        if (keep <= TimeSpan.Zero)
            return false;

        Bind("complete-lease-range", range).Bind(5, session.Now).Bind(6, StorageTime.After(session.Now, keep)).Run();
        Bind("end-lease-range", range).Run();
        return true;
    }

    private SqliteStatement Bind(string statement, ReadOnlySpan<Completion> range) => session.Statements[statement]
        .Bind(1, range[0].Job)
        .Bind(2, range[^1].Job)
        .Bind(3, range[0].Lease.Token - range[0].Job)
        .Bind(4, range[0].Lease.Nonce);
}
