namespace Jobs.Generator.Models;

/// <summary>A contract that is not the handler's.</summary>
/// <param name="CheckName">The name of the emitted check; the compiler's message shows it.</param>
/// <param name="Contract">The named contract.</param>
/// <param name="Expected">The contract interface that the handler's types call for.</param>
internal sealed record ContractMismatchModel(string CheckName, string Contract, string Expected);
