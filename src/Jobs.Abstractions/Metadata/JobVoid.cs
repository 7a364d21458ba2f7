namespace Jobs.Metadata;

/// <summary>Stands for an input or a result that a job does not have, so that all jobs share one generic shape.</summary>
public readonly struct JobVoid;
