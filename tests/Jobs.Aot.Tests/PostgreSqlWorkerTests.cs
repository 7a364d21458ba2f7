namespace Jobs.Aot.Tests;

public sealed class PostgreSqlWorkerTests(NativeProgram native, ServerFixture server) : WorkerTests(native)
{
    protected override async Task<(string Kind, string ConnectionString)> CreateStorageAsync() => ("PostgreSql", await server.CreateDatabaseAsync());
}
