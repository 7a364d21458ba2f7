using Jobs.Aot.Tests;
using Jobs.TestServers;

[assembly: AssemblyFixture(typeof(NativeWorker))]
[assembly: AssemblyFixture(typeof(NativeClient))]
[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]
