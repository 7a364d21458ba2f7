namespace Jobs.Chaos.Tests.Databases;

/// <summary>What a handler wrote.</summary>
internal sealed record AuditRow(string Job, int Number, int Attempt, int ProcessId);
