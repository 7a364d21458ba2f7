namespace Jobs.PostgreSql;

/// <summary>Where a job's row is: the pack that it was stored with, and its slot in there.</summary>
internal readonly record struct JobPlace(long Pack, int Slot);
