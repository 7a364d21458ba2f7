namespace Jobs;

/// <summary>What a handler has left for later attempts of its job.</summary>
public enum JobStepKind
{
    /// <summary>The result of something that was done (<see cref="JobContext.StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>).</summary>
    Step,

    /// <summary>A wait for a time (<see cref="JobContext.WaitAsync"/>).</summary>
    Wait,

    /// <summary>A wait for an answer from outside (<see cref="JobContext.CreateWaitTokenAsync"/>).</summary>
    Token,
}
