using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Jobs.AspNetCore.Pushing;

/// <summary>
/// Which requests have come, for as long as their time would still be accepted. An id is kept in the generation in which it came and
/// through the next one; a generation lasts as long as a request can be valid, from the earliest to the latest clock.
/// </summary>
/// <remarks>It is this process's memory: behind one address with several processes, each refuses what it has seen itself.</remarks>
internal sealed class SeenRequests(TimeSpan tolerance, TimeProvider time)
{
    /// <summary>Bounds the memory to some 100 MB; more than 1,500 requests a second over the default tolerance.</summary>
    private const int MaxPerGeneration = 1_000_000;

    private readonly Lock _gate = new();
    private HashSet<UInt128> _current = [];
    private HashSet<UInt128> _previous = [];
    private long _since = time.GetTimestamp();

    /// <summary>False when it has come before. Only for requests whose signature is right, so that nobody else can fill this.</summary>
    public bool TryAdd(string id)
    {
        var key = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        lock (_gate)
        {
            var age = time.GetElapsedTime(_since);
            if (age >= 2 * tolerance)
            {
                _previous = age >= 4 * tolerance ? [] : _current;
                _current = [];
                _since = time.GetTimestamp();
            }

            return !_previous.Contains(key) && _current.Add(key);
        }
    }

    /// <summary>Whether no more can be remembered, so that none may be accepted.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _current.Count >= MaxPerGeneration && time.GetElapsedTime(_since) < 2 * tolerance;
            }
        }
    }
}
