using Jobs.Registry;

namespace Jobs.Execution;

/// <summary>The attempts of a job with its types.</summary>
internal sealed class JobExecution<TInput, TResult>(RegisteredJob<TInput, TResult> job, IAttemptHost host) : JobExecution(job, host)
{
    private TInput _input = default!;
    private TResult _result = default!;
    private bool _hasResult;

    // A middleware may have left its next one running, which would write into the next attempt.
    protected override bool CanRecycle => Registered.Pipeline is null;

    private RegisteredJob<TInput, TResult> Registered => (RegisteredJob<TInput, TResult>)Job;

    /// <summary>The execution behind a context that came through the middleware.</summary>
    public static JobExecution<TInput, TResult> Of(JobContext context) =>
        (context as AttemptContext)?.Execution as JobExecution<TInput, TResult> ?? throw new InvalidOperationException("A middleware passed a JobContext of its own to the next one. Pass the context that it was given.");

    /// <summary>The end of the pipeline.</summary>
    public async ValueTask InvokeHandlerAsync(JobContext context, CancellationToken cancellationToken)
    {
        _result = await Registered.Invoke!(_input, context, cancellationToken).ConfigureAwait(false);
        _hasResult = true;
    }

    protected override async ValueTask<byte[]?> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        _input = Read(context);
        if (Registered.Pipeline is null)
        {
            _result = await Registered.Invoke!(_input, context, cancellationToken).ConfigureAwait(false);
            _hasResult = true;
        }
        else
        {
            await Registered.Pipeline(context, cancellationToken).ConfigureAwait(false);
        }

        return _hasResult ? Write(_result, JobId) : null;
    }

    protected override void Clear()
    {
        _input = default!;
        _result = default!;
        _hasResult = false;
    }

    public override byte[]? WriteResult<TValue>(TValue result, JobId id) => result is TResult || (result is null && typeof(TValue) == typeof(TResult))
        ? Write((TResult)(object)result!, id)
        : throw new ArgumentException($"Job '{Registered.Name}' has the result type {typeof(TResult)}, not {typeof(TValue)}.", nameof(result));

    private TInput Read(AttemptContext context)
    {
        if (Registered.Forms is { } forms)
        {
            return forms.Read(Record.Payload, context);
        }

        TInput input;
        try
        {
            input = Registered.Read(Record.Payload);
        }
        catch (Exception exception)
        {
            // Whatever reading throws, the type's own constructor included: the same bytes would do it again.
            throw InvalidPayloadException.Unreadable(JobName, exception);
        }

        var errors = Registered.Validate(input, context);
        return errors.Count == 0
            ? input
            : throw InvalidPayloadException.BreaksRules(errors);
    }

    private byte[]? Write(TResult result, JobId id)
    {
        if (result is null && !Registered.AllowsNullResult && default(TResult) is null && Nullable.GetUnderlyingType(typeof(TResult)) is null)
        {
            throw new InvalidOperationException($"The handler of job '{Registered.Name}' returned null, but its result type does not allow it. Return a value, or declare the result nullable.");
        }

        var bytes = Registered.WriteResult(result);
        var limit = Host.Runtime.Settings.Limits.MaxResultBytes;
        return bytes is null || bytes.Length <= limit
            ? bytes
            : throw new JobException(JobErrorCodes.ResultTooLarge, $"The result of job '{Registered.Name}' has {bytes.Length:N0} bytes as JSON; {limit:N0} are allowed. Store large data elsewhere and return a reference, or raise Limits.MaxResultBytes.", id);
    }
}
