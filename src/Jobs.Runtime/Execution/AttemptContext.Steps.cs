using System.Text.Json.Serialization.Metadata;

namespace Jobs.Execution;

internal sealed partial class AttemptContext
{
    private StepMemory Steps => _execution.GetSteps(_generation, JobId);

    public override ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Steps.RunAsync(name, run, cancellationToken);
    }

    public override ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, ValueTask<T>> run, JsonTypeInfo<T>? json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Steps.RunAsync(name, run, json, cancellationToken);
    }

    public override ValueTask WaitAsync(string name, JobDuration delay, CancellationToken cancellationToken = default) => Steps.WaitAsync(name, Sensible(delay), cancellationToken);

    public override ValueTask<JobWaitToken> CreateWaitTokenAsync(string name, JobDuration timeout, CancellationToken cancellationToken = default) =>
        Steps.CreateTokenAsync(name, Sensible(timeout), cancellationToken);

    public override ValueTask<T> WaitForAsync<T>(JobWaitToken token, JsonTypeInfo<T>? json, CancellationToken cancellationToken = default) => Steps.WaitForAsync(token, json, cancellationToken);
}
