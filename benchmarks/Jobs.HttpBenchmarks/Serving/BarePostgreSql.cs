using Npgsql;
using NpgsqlTypes;

namespace Jobs.HttpBenchmarks.Serving;

/// <summary>The least that a service can do that keeps what it accepts: read the body, insert one row, answer with its id.</summary>
internal static class BarePostgreSql
{
    public static async Task<Action<WebApplication>> AddAsync(WebApplicationBuilder builder, string connection)
    {
        var source = NpgsqlDataSource.Create(connection + ";Max Auto Prepare=10;Maximum Pool Size=100");
        await using (var create = source.CreateCommand("CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(), payload text NOT NULL)"))
            await create.ExecuteNonQueryAsync();

        builder.Services.AddSingleton(source);
        builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, MailJson.Default));
        return static app => app.MapPost("/bare", static async (Mail mail, NpgsqlDataSource source, CancellationToken cancellationToken) =>
        {
            var id = Guid.CreateVersion7();
            await using var command = source.CreateCommand("INSERT INTO bare (id, payload) VALUES ($1, $2)");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id, NpgsqlDbType = NpgsqlDbType.Uuid });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = System.Text.Json.JsonSerializer.Serialize(mail, MailJson.Default.Mail), NpgsqlDbType = NpgsqlDbType.Text });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return Results.Json(new StoredRow(id), MailJson.Default.StoredRow, statusCode: StatusCodes.Status201Created);
        });
    }
}
