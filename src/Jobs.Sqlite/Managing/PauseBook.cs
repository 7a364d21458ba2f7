using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>What is paused.</summary>
internal sealed class PauseBook(WriteSession session)
{
    /// <summary>False when it was so already, or there is no such worker.</summary>
    public bool Set(PauseScope scope, string key, bool isPaused)
    {
        if (isPaused && scope == PauseScope.Worker && session.Workers.FindLive(key) is null)
            return false;

        var change = isPaused
            ? session.Statements["insert-pause"].Bind(1, (long)scope).Bind(2, key).Bind(3, session.Now)
            : session.Statements["delete-pause"].Bind(1, (long)scope).Bind(2, key);
        change.Run();
        if (change.Changes == 0)
            return false;

        if (scope == PauseScope.ConcurrencyKey)
            session.Gated.OnHeldChanged(key);

        session.HasPauses = isPaused || Read().Count > 0;
        session.Signals.JobsReady |= !isPaused;
        return true;
    }

    public HashSet<(PauseScope Scope, string Key)> Read()
    {
        var pauses = new HashSet<(PauseScope, string)>();
        var read = session.Statements["read-pauses"];
        while (read.Step())
            pauses.Add(((PauseScope)read.Int64(0), read.Text(1)));

        return pauses;
    }
}
