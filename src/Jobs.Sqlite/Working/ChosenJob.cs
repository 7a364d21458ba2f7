namespace Jobs.Sqlite;

/// <summary>A ready job that a claim takes.</summary>
/// <param name="Ready">Its row.</param>
/// <param name="Slot">Its place in the answer.</param>
internal readonly record struct ChosenJob(ReadyJob Ready, int Slot);
