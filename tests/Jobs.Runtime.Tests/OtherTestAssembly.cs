namespace Jobs.Runtime.Tests;

/// <summary>A second assembly beside <see cref="TestAssembly"/>: assemblies are told apart by their types.</summary>
internal sealed class OtherTestAssembly : TestAssembly;
