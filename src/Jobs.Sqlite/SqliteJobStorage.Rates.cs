namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public ValueTask<int> RefillAsync(string limitId, string? key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(limitId);
        return Writer.RunAsync(
            session =>
            {
                // The keys' buckets are those whose ids go on behind the limit's with a line feed; see SharedRooms.
                var (own, from, before) = key is null ? (limitId, limitId + "\n", limitId + "\v") : (limitId + "\n" + key, "", "");
                var delete = session.Statements["refill"].Bind(1, own).Bind(2, from).Bind(3, before).Bind(4, session.Now);
                var refilled = 0;
                while (delete.Step())
                    refilled++;

                if (refilled > 0)
                {
                    session.Statements["wake-sleepers"].Bind(1, session.Now).Run();
                    session.Signals.JobsReady = true;
                }

                return refilled;
            },
            cancellationToken);
    }
}
