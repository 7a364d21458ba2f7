using System.Data;
using System.Data.Common;
using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    private static readonly IReadOnlyDictionary<JobId, JobPlace> _noParents = new Dictionary<JobId, JobPlace>();

    public async ValueTask<InsertedJob> InsertAsync(JobRecord job, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return transaction is null
            ? job.Details is { DependsOn.Count: > 0 }
                ? (await InsertManyAsync([job], null, cancellationToken).ConfigureAwait(false))[0]
                : await (InsertStatement.MayWait(job) ? _keyedInserts : _inserts).InsertAsync(job, cancellationToken).ConfigureAwait(false)
            : (await InsertManyAsync([job], transaction, cancellationToken).ConfigureAwait(false))[0];
    }

    public async ValueTask<IReadOnlyList<InsertedJob>> InsertManyAsync(IReadOnlyList<JobRecord> jobs, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (jobs.Count == 0)
            return [];

        RefuseSelfReferences(jobs);
        if (transaction is not null)
            return await InsertInTransactionAsync(jobs, transaction, cancellationToken).ConfigureAwait(false);

        var answers = await StoreAsync(jobs, atomic: true, cancellationToken).ConfigureAwait(false);
        SignalReady();
        return ThrowConflicts(jobs, answers);
    }

    private static void RefuseSelfReferences(IReadOnlyList<JobRecord> jobs)
    {
        foreach (var job in jobs)
        {
            if (job.Details is { Id: { } id, DependsOn: var dependencies } && dependencies.Contains(id))
                throw new JobException(JobErrorCodes.InvalidOption, $"Job '{job.Name}' {id} is to depend on itself and would never run. Nothing was stored.", id);
        }
    }

    private async Task<InsertedJob[]> InsertInTransactionAsync(IReadOnlyList<JobRecord> jobs, DbTransaction transaction, CancellationToken cancellationToken)
    {
        InsertAnswer[] answers;
        try
        {
            var own = await OwnAsync(transaction, cancellationToken).ConfigureAwait(false);

            // The notification comes with the commit, of which nobody else knows the moment. This process, too, hears of the jobs by it.
            var parents = own.IsolationLevel is IsolationLevel.ReadCommitted or IsolationLevel.ReadUncommitted ? _noParents : await FindParentsAsync(jobs, cancellationToken).ConfigureAwait(false);
            answers = await StoreAsync(own.Connection!, jobs, parents, atomic: true, _channel, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (JobException or OperationCanceledException) && !StorageErrors.IsForTheCallersStrategy(e))
        {
            throw StorageErrors.Translate(e);
        }

        return ThrowConflicts(jobs, answers);
    }

    /// <summary>
    /// The jobs that these depend on, as far as they are committed, looked up outside of a transaction that is charged for what it reads.
    /// </summary>
    private async ValueTask<IReadOnlyDictionary<JobId, JobPlace>> FindParentsAsync(IReadOnlyList<JobRecord> jobs, CancellationToken cancellationToken)
    {
        var distinct = new HashSet<JobId>();
        foreach (var job in jobs)
            distinct.UnionWith(job.Details?.DependsOn ?? []);

        if (distinct.Count == 0)
            return _noParents;

        List<JobId> ids = [.. distinct];
        var places = ids.ConvertAll(Ids.Decode);
        return await ControlAsync(
            async connection =>
            {
                var command = new NpgsqlCommand($"SELECT u.id, l.pack, l.slot FROM unnest($1, $2, $3) u(id, pack, slot) CROSS JOIN LATERAL {_schema}.locate(u.id, u.pack, u.slot) l WHERE l.pack IS NOT NULL", connection);
                await using (command.ConfigureAwait(false))
                {
                    command.Parameters.Add(Parameter(Columns.Of(ids, static id => (Guid?)id.Value)));
                    command.Parameters.Add(Parameter(Columns.Of(places, static place => place?.Pack)));
                    command.Parameters.Add(Parameter(Columns.Of(places, static place => place?.Slot)));
                    var found = new Dictionary<JobId, JobPlace>(ids.Count);
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                            found.Add(new JobId(reader.GetGuid(0)), new JobPlace(reader.GetInt64(1), reader.GetInt32(2)));
                    }

                    return (IReadOnlyDictionary<JobId, JobPlace>)found;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<InsertedJob> StoreAloneAsync(JobRecord job)
    {
        JobRecord[] jobs = [job];
        var answers = await StoreAsync(jobs, atomic: false, CancellationToken.None).ConfigureAwait(false);
        SignalReady();
        return ConflictOf(job, answers[0]) is { } conflict ? throw conflict : answers[0].Inserted;
    }

    /// <summary>Stores what concurrent callers gathered. One caller's values that the server refuses don't fail the others.</summary>
    private async Task StoreGroupAsync(IReadOnlyList<PendingInsert> group)
    {
        // Equal jobs side by side make long ranges; between concurrent callers there is no order to keep.
        var ordered = group.Count == 1 ? group : [.. group.OrderBy(p => p.Job.Name, StringComparer.Ordinal).ThenBy(p => p.Job.Queue, StringComparer.Ordinal).ThenBy(p => p.Job.Priority)];
        var jobs = new JobRecord[ordered.Count];
        for (var i = 0; i < jobs.Length; i++)
            jobs[i] = ordered[i].Job;

        InsertAnswer[] answers;
        try
        {
            answers = await StoreAsync(jobs, atomic: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JobException e) when (jobs.Length > 1 && e.InnerException is { } cause && StorageErrors.IsAboutValues(cause))
        {
            foreach (var pending in ordered)
            {
                try
                {
                    await StoreGroupAsync([pending]).ConfigureAwait(false);
                }
                catch (JobException refusal)
                {
                    pending.TrySetException(refusal);
                }
            }

            return;
        }

        SignalReady();
        for (var i = 0; i < answers.Length; i++)
        {
            if (ConflictOf(jobs[i], answers[i]) is { } conflict)
                ordered[i].TrySetException(conflict);
            else
                ordered[i].TrySetResult(answers[i].Inserted);
        }
    }

    private async ValueTask<InsertAnswer[]> StoreAsync(IReadOnlyList<JobRecord> jobs, bool atomic, CancellationToken cancellationToken) =>
        await RunAsync(
            (Storage: this, jobs, atomic),
            static (state, connection) => state.Storage.StoreAsync(connection, state.jobs, _noParents, state.atomic, null, CancellationToken.None),
            cancellationToken).ConfigureAwait(false);

    private async Task<InsertAnswer[]> StoreAsync(
        NpgsqlConnection connection, IReadOnlyList<JobRecord> jobs, IReadOnlyDictionary<JobId, JobPlace> parents, bool atomic, string? channel, CancellationToken cancellationToken)
    {
        var isAlike = AlikeStatement.Fits(jobs);
        if (isAlike && !jobs.Any(InsertStatement.IsKeyed))
            return await StoreAlikeAsync(connection, jobs, channel, cancellationToken).ConfigureAwait(false);

        var sql = isAlike
            ? $"SELECT * FROM {_schema}.enqueue_keyed($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)"
            : $"SELECT * FROM {_schema}.enqueue($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40,$41)";
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            if (isAlike)
                AlikeStatement.AddKeyedTo(command.Parameters, jobs, channel);
            else
                new InsertStatement(jobs).AddTo(command.Parameters, Ids, parents, atomic, channel);

            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                // The statement has happened; a token that fires now must not tell the caller otherwise.
                await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                return ReadAnswers(reader, jobs);
            }
        }
    }

    private async Task<InsertAnswer[]> StoreAlikeAsync(NpgsqlConnection connection, IReadOnlyList<JobRecord> jobs, string? channel, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand($"SELECT {_schema}.enqueue_alike($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)", connection);
        await using (command.ConfigureAwait(false))
        {
            AlikeStatement.AddTo(command.Parameters, jobs, channel);
            return Answers((long[])(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!, jobs);
        }
    }

    private InsertAnswer[] Answers(long[] packs, IReadOnlyList<JobRecord> jobs)
    {
        var answers = new InsertAnswer[jobs.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var place = new JobPlace(packs[i / InsertStatement.PackSize], i % InsertStatement.PackSize);
            answers[i] = new InsertAnswer(new InsertedJob(jobs[i].Details?.Id ?? Ids.Encode(place), WasDeduplicated: false), jobs[i].Name);
        }

        return answers;
    }

    private InsertAnswer[] ReadAnswers(NpgsqlDataReader reader, IReadOnlyList<JobRecord> jobs)
    {
        if (reader.FieldCount > 7 && !reader.IsDBNull(7))
            throw new JobNotFoundException(jobs[reader.GetInt32(6)].Name, new JobId(reader.GetGuid(7)));

        var answers = Answers(reader.GetFieldValue<long[]>(0), jobs);
        if (reader.IsDBNull(1) || reader.GetFieldValue<int[]>(1) is not { Length: > 0 } met)
            return answers;

        var (metPacks, metSlots) = (reader.GetFieldValue<long[]>(2), reader.GetFieldValue<int[]>(3));
        var (metIds, metNames) = (reader.GetFieldValue<Guid?[]>(4), reader.GetFieldValue<string[]>(5));
        for (var i = 0; i < met.Length; i++)
        {
            var id = metIds[i] is { } chosen ? new JobId(chosen) : Ids.Encode(new JobPlace(metPacks[i], metSlots[i]));
            answers[met[i]] = new InsertAnswer(new InsertedJob(id, WasDeduplicated: true), metNames[i]);
        }

        return answers;
    }

    private static JobConflictException? ConflictOf(JobRecord job, InsertAnswer answer) =>
        answer.Name == job.Name ? null : new JobConflictException(answer.Inserted.Id, job.Name, answer.Name);

    private static InsertedJob[] ThrowConflicts(IReadOnlyList<JobRecord> jobs, InsertAnswer[] answers)
    {
        var inserted = new InsertedJob[answers.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            if (ConflictOf(jobs[i], answers[i]) is { } conflict)
                throw conflict;

            inserted[i] = answers[i].Inserted;
        }

        return inserted;
    }

    /// <summary>What became of a job, and the name of the one that has its id.</summary>
    private readonly record struct InsertAnswer(InsertedJob Inserted, string Name);
}
