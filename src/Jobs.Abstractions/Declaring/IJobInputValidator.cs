namespace Jobs;

/// <summary>Rules of the application's own, beyond the attributes of the input. Scoped; any number per input type.</summary>
/// <typeparam name="TInput">The input that the rules are about.</typeparam>
/// <remarks>Runs after the attributes found nothing wrong: when the job is enqueued, and again before it runs.</remarks>
public interface IJobInputValidator<in TInput>
{
    /// <summary>Returns what is wrong with <paramref name="input"/>; nothing when it is right.</summary>
    /// <param name="input">An input whose attributes are satisfied.</param>
    IEnumerable<JobValidationError> Validate(TInput input);
}
