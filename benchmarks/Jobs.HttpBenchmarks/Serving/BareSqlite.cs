using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Jobs.HttpBenchmarks.Serving;

/// <summary>
/// The same on SQLite, as durable as the product's default (WAL, synchronous FULL). One connection behind a lock: SQLite has one writer,
/// and callers that wait for its file lock instead sleep for longer than a write takes.
/// </summary>
internal static class BareSqlite
{
    public static Action<WebApplication> Add(WebApplicationBuilder builder, string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, payload TEXT NOT NULL)");
        var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO bare (id, payload) VALUES ($id, $payload)";
        var id = insert.Parameters.Add("$id", SqliteType.Text);
        var payload = insert.Parameters.Add("$payload", SqliteType.Text);
        insert.Prepare();
        var turn = new SemaphoreSlim(1, 1);
        builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, MailJson.Default));
        return app => app.MapPost("/bare", async (Mail mail, CancellationToken cancellationToken) =>
        {
            var row = new StoredRow(Guid.CreateVersion7());
            var json = JsonSerializer.Serialize(mail, MailJson.Default.Mail);
            await turn.WaitAsync(cancellationToken);
            try
            {
                id.Value = row.Id.ToString();
                payload.Value = json;
                insert.ExecuteNonQuery();
            }
            finally
            {
                turn.Release();
            }

            return Results.Json(row, MailJson.Default.StoredRow, statusCode: StatusCodes.Status201Created);
        });
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
