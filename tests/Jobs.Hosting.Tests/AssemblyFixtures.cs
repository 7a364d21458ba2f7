using Jobs.TestServers;

[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]
