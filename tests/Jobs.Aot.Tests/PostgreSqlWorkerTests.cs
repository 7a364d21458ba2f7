using Jobs.TestServers;

namespace Jobs.Aot.Tests;

public sealed class PostgreSqlWorkerTests(NativeWorker native, PostgreSqlFixture server) : WorkerTests(native)
{
    protected override async Task<(string Kind, string ConnectionString)> CreateStorageAsync() => ("PostgreSql", await server.CreateDatabaseAsync());
}
