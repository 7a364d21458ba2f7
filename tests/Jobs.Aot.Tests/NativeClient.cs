namespace Jobs.Aot.Tests;

/// <summary>The command line that uses the service.</summary>
public sealed class NativeClient() : NativeProgram("AotClient");
