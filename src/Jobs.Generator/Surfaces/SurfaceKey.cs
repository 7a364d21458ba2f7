namespace Jobs.Generator.Surfaces;

/// <summary>What a result was computed from: the same key, the same result.</summary>
internal readonly record struct SurfaceKey(CompilationSettings Settings, ContentHash Content);
