namespace Jobs.Aot.Tests;

public sealed class SqliteWorkerTests(NativeWorker native) : WorkerTests(native)
{
    protected override Task<(string Kind, string ConnectionString)> CreateStorageAsync() =>
        Task.FromResult(("Sqlite", $"Data Source={Path.Combine(Folder, "jobs.db")}"));
}
