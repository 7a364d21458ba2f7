namespace Jobs.HttpBenchmarks;

/// <summary>What the bare endpoints answer.</summary>
internal sealed record StoredRow(Guid Id);
