namespace Jobs.Sqlite;

/// <summary>A request with an answer.</summary>
/// <typeparam name="TResult">The answer.</typeparam>
internal sealed class WriteRequest<TResult>(Func<WriteSession, TResult> work) : WriteRequest
{
    // The caller's code must not run on the writer's thread.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;

    public Task<TResult> Completion => _completion.Task;

    public override void Run(WriteSession session) => _result = work(session);

    public override void Succeed() => _completion.TrySetResult(_result!);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}
