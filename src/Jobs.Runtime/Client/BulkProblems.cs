namespace Jobs.Client;

/// <summary>What is wrong with the inputs of one call, each member prefixed with its input's index.</summary>
internal struct BulkProblems
{
    private List<JobValidationError>? _errors;
    private int _next;

    public readonly bool Any => _errors is not null;

    /// <summary>Adds what is wrong with the next input.</summary>
    /// <returns>Whether an input so far is wrong, so that nothing will be stored.</returns>
    public bool AddNext(IReadOnlyList<JobValidationError> errors)
    {
        var index = _next++;
        foreach (var error in errors)
        {
            (_errors ??= []).Add(error with { Member = error.Member.Length == 0 ? $"[{index}]" : $"[{index}].{error.Member}" });
        }

        return Any;
    }

    /// <exception cref="JobValidationException">An input is wrong.</exception>
    public readonly void ThrowIfAny(string jobName)
    {
        if (_errors is not null)
        {
            throw new JobValidationException(jobName, _errors);
        }
    }
}
