namespace Jobs.PostgreSql;

/// <summary>Outcomes that are stored as one: contiguous jobs completed under one lease, or one job that ended in any way.</summary>
/// <param name="First">The index, in the order of places, of its first outcome.</param>
/// <param name="Count">How many outcomes it has.</param>
internal readonly record struct Run(int First, int Count);
