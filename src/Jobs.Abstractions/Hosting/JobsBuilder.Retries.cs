namespace Jobs;

public abstract partial class JobsBuilder
{
    /// <summary>
    /// Decides by the exception whether and when a failed attempt is retried. Asked for what handlers throw, not for timeouts,
    /// cancellations and what a handler decided itself (<see cref="JobContext.Fail"/>, <see cref="JobContext.RetryAfter"/>). Of several
    /// calls the first decision that is not <see cref="RetryDecision.Default"/> counts; a callback that throws is logged and passed over.
    /// </summary>
    /// <param name="decide">For example <c>failed => failed.Exception is HttpRequestException { StatusCode: HttpStatusCode.NotFound } ? RetryDecision.Stop : RetryDecision.Default</c>.</param>
    public abstract JobsBuilder OnFailure(Func<FailedAttempt, RetryDecision> decide);
}
