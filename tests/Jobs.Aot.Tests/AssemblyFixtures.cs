using Jobs.Aot.Tests;

[assembly: AssemblyFixture(typeof(NativeProgram))]
[assembly: AssemblyFixture(typeof(ServerFixture))]
