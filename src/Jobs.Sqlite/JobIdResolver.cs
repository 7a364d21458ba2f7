namespace Jobs.Sqlite;

/// <summary>Finds the job that has an id: by its number when the storage issued the id, else in the key table.</summary>
internal sealed class JobIdResolver(StatementSet statements)
{
    /// <summary>The job's number and name; null when there is no such job.</summary>
    public (long Job, string Name)? Find(JobId id)
    {
        if (IssuedId.TryRead(id, out var job, out var tail))
        {
            var issued = statements["find-issued"].Bind(1, job).Bind(2, tail);
            if (issued.Step())
            {
                var name = issued.Text(0);
                issued.Reset();
                return (job, name);
            }
        }

        return FindByKey(JobKeys.ExplicitId, "", IssuedId.Bytes(id)) is { } found ? (found.Job, found.Name) : null;
    }

    /// <summary>The job that has a key.</summary>
    public (long Job, JobId Id, string Name, long? Until)? FindByKey(int kind, string scope, byte[] key)
    {
        var find = statements["find-key"].Bind(1, kind).Bind(2, scope).Bind(3, key);
        if (!find.Step())
            return null;

        var found = (find.Int64(0), IssuedId.Of(find.Int64(0), find.Int64(1), find.Blob(2)), find.Text(3), find.NullableInt64(4));
        find.Reset();
        return found;
    }
}
