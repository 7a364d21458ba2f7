namespace Jobs.Chaos;

/// <summary>Which run produced the result: it must be the one that the history calls the last.</summary>
internal sealed record WorkResult(int Number, int Attempt, int ProcessId);
