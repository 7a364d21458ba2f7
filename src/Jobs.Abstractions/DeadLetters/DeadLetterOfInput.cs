using System.Diagnostics.CodeAnalysis;

namespace Jobs;

/// <summary>A job with this input that failed for good.</summary>
/// <typeparam name="TInput">The failed job's input.</typeparam>
public sealed record DeadLetter<TInput> : DeadLetter
{
    /// <summary>An empty letter, for object initializers.</summary>
    public DeadLetter()
    {
    }

    /// <summary>A letter with the input that its raw payload holds.</summary>
    [SetsRequiredMembers]
    internal DeadLetter(DeadLetter letter, TInput? input)
        : base(letter) => Input = input;

    /// <summary>
    /// The failed job's input, read from <see cref="DeadLetter.RawPayload"/>; the default value when that is no such input, which may be
    /// why the job failed. It is not validated again.
    /// </summary>
    public TInput? Input { get; init; }
}
