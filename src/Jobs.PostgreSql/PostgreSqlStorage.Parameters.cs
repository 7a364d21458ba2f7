using Npgsql;
using NpgsqlTypes;

namespace Jobs.PostgreSql;

/// <summary>Parameters with their types, so that neither the driver nor the server has to guess.</summary>
internal sealed partial class PostgreSqlStorage
{
    internal static NpgsqlParameter Parameter(string? value) => Typed(NpgsqlDbType.Text, value);

    internal static NpgsqlParameter Parameter(long? value) => Typed(NpgsqlDbType.Bigint, value);

    internal static NpgsqlParameter Parameter(int? value) => Typed(NpgsqlDbType.Integer, value);

    internal static NpgsqlParameter Parameter(bool value) => Typed(NpgsqlDbType.Boolean, value);

    internal static NpgsqlParameter Parameter(Guid value) => Typed(NpgsqlDbType.Uuid, value);

    internal static NpgsqlParameter Parameter(DateTime? value) => Typed(NpgsqlDbType.TimestampTz, value);

    internal static NpgsqlParameter Parameter(byte[]? value) => Typed(NpgsqlDbType.Bytea, value);

    internal static NpgsqlParameter Parameter(string?[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Text, value);

    internal static NpgsqlParameter Parameter(long[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Bigint, value);

    internal static NpgsqlParameter Parameter(long?[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Bigint, value);

    internal static NpgsqlParameter Parameter(int[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Integer, value);

    internal static NpgsqlParameter Parameter(int?[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Integer, value);

    internal static NpgsqlParameter Parameter(short[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Smallint, value);

    internal static NpgsqlParameter Parameter(double[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Double, value);

    internal static NpgsqlParameter Parameter(Guid?[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Uuid, value);

    internal static NpgsqlParameter Parameter(DateTime?[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, value);

    internal static NpgsqlParameter Parameter(bool[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Boolean, value);

    internal static NpgsqlParameter Parameter(byte[]?[]? value) => Typed(NpgsqlDbType.Array | NpgsqlDbType.Bytea, value);

    private static NpgsqlParameter Typed(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
