using Microsoft.Data.Sqlite;

namespace Jobs.Hosting.Tests;

/// <summary>A file for jobs, gone with the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("jobs-");

    public string ConnectionString => $"Data Source={Path.Combine(_directory.FullName, "jobs.db")}";

    public void Execute(string sql)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }
}
