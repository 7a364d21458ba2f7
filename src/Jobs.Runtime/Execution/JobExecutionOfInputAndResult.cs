using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Execution;

/// <summary>One attempt of a job with its types.</summary>
internal sealed class JobExecution<TInput, TResult>(RegisteredJob<TInput, TResult> job, in ClaimedJob claimed, JobWorker worker) : JobExecution(job, claimed, worker)
{
    private TInput _input = default!;
    private TResult _result = default!;
    private bool _hasResult;

    // Not the constructor's parameter: capturing it would be one more field per attempt.
    private RegisteredJob<TInput, TResult> Registered => (RegisteredJob<TInput, TResult>)Job;

    /// <summary>The execution behind a context that came through the middleware.</summary>
    public static JobExecution<TInput, TResult> Of(JobContext context) =>
        context as JobExecution<TInput, TResult> ?? throw new InvalidOperationException("A middleware passed a JobContext of its own to the next one. Pass the context that it was given.");

    /// <summary>The end of the pipeline.</summary>
    public async ValueTask InvokeHandlerAsync(CancellationToken cancellationToken)
    {
        _result = await Registered.Invoke!(_input, this, cancellationToken).ConfigureAwait(false);
        _hasResult = true;
    }

    protected override async ValueTask<byte[]?> ExecuteAsync(CancellationToken cancellationToken)
    {
        _input = Read();
        if (Registered.Pipeline is null)
        {
            _result = await Registered.Invoke!(_input, this, cancellationToken).ConfigureAwait(false);
            _hasResult = true;
        }
        else
        {
            await Registered.Pipeline(this, cancellationToken).ConfigureAwait(false);
        }

        return _hasResult ? Write(_result) : null;
    }

    protected override byte[]? WriteResult<TValue>(TValue result) => result is TResult || (result is null && typeof(TValue) == typeof(TResult))
        ? Write((TResult)(object)result!)
        : throw new ArgumentException($"Job '{JobName}' has the result type {typeof(TResult)}, not {typeof(TValue)}.", nameof(result));

    private TInput Read()
    {
        TInput input;
        try
        {
            input = Registered.Read(Payload);
        }
        catch (Exception exception)
        {
            // Whatever reading throws, the type's own constructor included: the same bytes would do it again.
            throw new InvalidPayloadException($"The stored payload is not an input of job '{JobName}': {exception.Message}", exception);
        }

        var errors = Registered.Validate(input, this);
        return errors.Count == 0
            ? input
            : throw new InvalidPayloadException($"The stored payload breaks the input's rules: {string.Join(" ", errors.Select(static error => $"{(error.Member.Length == 0 ? "(input)" : error.Member)}: {error.Message}"))}");
    }

    private byte[]? Write(TResult result)
    {
        if (result is null && !Registered.AllowsNullResult && default(TResult) is null && Nullable.GetUnderlyingType(typeof(TResult)) is null)
        {
            throw new InvalidOperationException($"The handler of job '{JobName}' returned null, but its result type does not allow it. Return a value, or declare the result nullable.");
        }

        var bytes = Registered.WriteResult(result);
        var limit = Worker.Runtime.Settings.Limits.MaxResultBytes;
        return bytes is null || bytes.Length <= limit
            ? bytes
            : throw new JobException(JobErrorCodes.ResultTooLarge, $"The result of job '{JobName}' has {bytes.Length:N0} bytes as JSON; {limit:N0} are allowed. Store large data elsewhere and return a reference, or raise Limits.MaxResultBytes.", JobId);
    }
}
