using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Streaming;

/// <summary>Bounds how many calls wait or follow at the same time, and so what they cost.</summary>
internal sealed class StreamSlots(int limit)
{
    private int _used;

    public int Used => Volatile.Read(ref _used);

    /// <exception cref="ApiException">There are too many.</exception>
    public Slot Take()
    {
        if (Interlocked.Increment(ref _used) <= limit)
        {
            return new Slot(this);
        }

        Interlocked.Decrement(ref _used);
        throw new ApiException(StatusCodes.Status503ServiceUnavailable, ProblemCodes.TooManyStreams, $"{limit} calls wait or follow already. Come back later, or ask for the job's state now and then.") { RetryAfter = TimeSpan.FromSeconds(5) };
    }

    public readonly struct Slot(StreamSlots owner) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref owner._used);
    }
}
