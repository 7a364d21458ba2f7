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

        var names = limits.SelectMany(static (limit, i) => (limit.Names ?? []).Select(name => (Limit: i + 1, Name: name))).ToList();
        parameters.Add(PostgreSqlStorage.Parameter([.. limits.Select(static l => l.Id)]));
        parameters.Add(PostgreSqlStorage.Parameter([.. limits.Select(static l => l.Queue)]));
        parameters.Add(PostgreSqlStorage.Parameter((int?[])[.. limits.Select(static l => l.MaxRunning)]));
        parameters.Add(PostgreSqlStorage.Parameter((long?[])[.. limits.Select(static l => (long?)l.Rate?.Interval.Ticks / TimeSpan.TicksPerMicrosecond)]));
        parameters.Add(PostgreSqlStorage.Parameter((int?[])[.. limits.Select(static l => l.Rate?.Burst)]));
        parameters.Add(PostgreSqlStorage.Parameter((bool[])[.. limits.Select(static l => l.IsPerKey)]));
        parameters.Add(PostgreSqlStorage.Parameter(names.Count == 0 ? null : (int[])[.. names.Select(static n => n.Limit)]));
        parameters.Add(PostgreSqlStorage.Parameter(names.Count == 0 ? null : (string[])[.. names.Select(static n => n.Name)]));
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
