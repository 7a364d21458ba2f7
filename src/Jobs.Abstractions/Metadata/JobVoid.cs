namespace Jobs.Metadata;

/// <summary>Stands for an input or a result that a job does not have, so that all jobs share one generic shape.</summary>
public readonly struct JobVoid
{
    /// <summary>Gives a handler without result the shape of one with a result; allocates nothing when it has already completed.</summary>
    /// <param name="handling">The handler's task; consumed here.</param>
    public static ValueTask<JobVoid> AfterAsync(ValueTask handling)
    {
        if (!handling.IsCompletedSuccessfully)
        {
            return AwaitAsync(handling);
        }

        // Tells a pooled source that its value was consumed.
        handling.GetAwaiter().GetResult();
        return default;
    }

    private static async ValueTask<JobVoid> AwaitAsync(ValueTask handling)
    {
        await handling.ConfigureAwait(false);
        return default;
    }
}
