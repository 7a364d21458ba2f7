using Jobs.Storage;

namespace Jobs.Http.Wire;

internal sealed record PauseList(IReadOnlyList<JobPause> Pauses);
