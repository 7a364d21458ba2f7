namespace Jobs.Chaos;

/// <summary>The input of all jobs here.</summary>
/// <param name="Number">Tells the jobs of a run apart.</param>
/// <param name="Milliseconds">How long the handler takes.</param>
/// <param name="FailsOnce">Whether the first attempt goes wrong.</param>
internal sealed record Work(int Number, int Milliseconds, bool FailsOnce);
