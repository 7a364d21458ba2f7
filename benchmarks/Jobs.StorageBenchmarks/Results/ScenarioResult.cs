namespace Jobs.StorageBenchmarks.Results;

/// <summary>A scenario and what every contender reached in it.</summary>
internal sealed record ScenarioResult(string Id, string Name, bool IsLatency, IReadOnlyList<Cell> Cells)
{
    public Cell? Of(string contender) => Cells.FirstOrDefault(cell => cell.Contender == contender && cell.Values.Count > 0);
}
