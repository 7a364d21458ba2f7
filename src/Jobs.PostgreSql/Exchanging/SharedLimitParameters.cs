using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>Limits that workers share as the arrays that the function claim takes: one element per limit, and one per name that a limit covers.</summary>
internal static class SharedLimitParameters
{
    public static void AddTo(NpgsqlParameterCollection parameters, IReadOnlyList<SharedLimit> limits)
    {
        if (limits.Count == 0)
        {
            AddNone(parameters);
            return;
        }

        var names = new List<(int Limit, string Name)>();
        for (var i = 0; i < limits.Count; i++)
        {
            foreach (var name in limits[i].Names ?? [])
                names.Add((i + 1, name));
        }

        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(limits, static l => l.Id)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(limits, static l => l.Queue)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(limits, static l => l.MaxRunning)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(limits, static l => (long?)l.Rate?.Interval.Ticks / TimeSpan.TicksPerMicrosecond)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(limits, static l => l.Rate?.Burst)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(limits, static l => l.IsPerKey)));
        parameters.Add(PostgreSqlStorage.Parameter(names.Count == 0 ? null : Columns.Of(names, static n => n.Limit)));
        parameters.Add(PostgreSqlStorage.Parameter(names.Count == 0 ? null : Columns.Of(names, static n => n.Name)));
    }

    private static void AddNone(NpgsqlParameterCollection parameters)
    {
        parameters.Add(PostgreSqlStorage.Parameter((string[]?)null));
        parameters.Add(PostgreSqlStorage.Parameter((string[]?)null));
        parameters.Add(PostgreSqlStorage.Parameter((int[]?)null));
        parameters.Add(PostgreSqlStorage.Parameter((long[]?)null));
        parameters.Add(PostgreSqlStorage.Parameter((int[]?)null));
        parameters.Add(PostgreSqlStorage.Parameter((bool[]?)null));
        parameters.Add(PostgreSqlStorage.Parameter((int[]?)null));
        parameters.Add(PostgreSqlStorage.Parameter((string[]?)null));
    }
}
