using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>Jobs as runs of slots, which is how the functions take them: jobs that were stored together are few runs.</summary>
internal sealed class JobRuns
{
    private readonly List<long> _packs = [];
    private readonly List<int> _los = [];
    private readonly List<int> _his = [];

    public int Count { get; private set; }

    /// <summary>The job that was added last.</summary>
    public JobPlace Last { get; private set; }

    /// <summary>Adds a job; they come in falling order.</summary>
    public void Add(JobPlace place)
    {
        if (Count > 0 && _packs[^1] == place.Pack && _los[^1] == place.Slot + 1)
        {
            _los[^1] = place.Slot;
        }
        else
        {
            _packs.Add(place.Pack);
            _los.Add(place.Slot);
            _his.Add(place.Slot);
        }

        Count++;
        Last = place;
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(PostgreSqlStorage.Parameter((long[])[.. _packs]));
        parameters.Add(PostgreSqlStorage.Parameter((int[])[.. _los]));
        parameters.Add(PostgreSqlStorage.Parameter((int[])[.. _his]));
    }
}
