namespace Jobs.Aot.Tests;

/// <summary>The service.</summary>
public sealed class NativeWorker() : NativeProgram("AotWorker");
