namespace Jobs.Chaos.Tests.Databases;

/// <summary>One run of a job in its history.</summary>
/// <param name="Id">The job's public id.</param>
/// <param name="Order">Orders the runs of a job: the fence, or the time of the claim.</param>
/// <param name="Number">The attempt's number.</param>
/// <param name="End">How it ended.</param>
/// <param name="Worker">The worker that held the job.</param>
/// <param name="Fence">Token and nonce of the claim, where the history keeps them.</param>
internal sealed record JobRun(string Id, long Order, int Number, RunEnd End, string Worker, string? Fence);
