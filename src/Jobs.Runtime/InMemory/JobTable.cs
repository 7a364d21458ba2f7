using System.Buffers.Binary;

namespace Jobs.InMemory;

/// <summary>
/// All jobs by id. An issued id carries the job's number, which is its place in a table of chunks: no hashing, no resizing, and
/// the order of insertion for lists. Ids that callers chose are in a dictionary beside it.
/// </summary>
/// <remarks>
/// The layout of an issued id, a UUID of version 8: 48 bits of Unix milliseconds, 40 bits of the number (12 before the variant,
/// 28 after it), 34 random bits that are the same for all ids of one storage, so that two processes do not issue equal ones.
/// </remarks>
internal sealed class JobTable
{
    private const int ChunkSize = 1024;
    private const long SequenceMask = (1L << 40) - 1;

    private readonly Dictionary<JobId, JobEntry> _chosen = [];
    private readonly ulong _salt = (ulong)Random.Shared.NextInt64() & ((1UL << 34) - 1);
    private Chunk?[] _chunks = new Chunk?[16];

    /// <summary>A chunk that has become empty, for the next one.</summary>
    private Chunk? _spare;

    /// <summary>The number of the first chunk in the array; those before it are empty and gone.</summary>
    private long _firstChunk;

    /// <summary>The number of the last job.</summary>
    public long LastSequence { get; private set; }

    public int Count { get; private set; }

    /// <summary>The number that an issued id carries.</summary>
    public static long SequenceOf(JobId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return (long)(((high & 0xFFF) << 28) | ((low >> 34) & 0xFFFFFFF));
    }

    public void Add(JobEntry entry, long now)
    {
        var sequence = ++LastSequence;
        var chosenId = entry.Details?.Id;
        entry.Store(chosenId ?? Issue(sequence, now), sequence, now);
        if (chosenId is { } id)
            _chosen.Add(id, entry);

        var chunk = ChunkFor(sequence);
        chunk.Entries[sequence % ChunkSize] = entry;
        chunk.Live++;
        Count++;
    }

    /// <summary>Puts an entry in the place of one with the same id and number.</summary>
    public void Replace(JobEntry entry)
    {
        if (entry.Details?.Id is { } id)
            _chosen[id] = entry;

        var sequence = entry.Sequence;
        ChunkFor(sequence).Entries[sequence % ChunkSize] = entry;
    }

    public JobEntry? Find(JobId id)
    {
        if (At(SequenceOf(id)) is { } entry && entry.Id == id)
            return entry;

        return _chosen.Count > 0 ? _chosen.GetValueOrDefault(id) : null;
    }

    /// <summary>The job with this number, if it is still there.</summary>
    public JobEntry? At(long sequence)
    {
        var index = (sequence / ChunkSize) - _firstChunk;
        return (ulong)index < (ulong)_chunks.Length ? _chunks[index]?.Entries[sequence % ChunkSize] : null;
    }

    public void Remove(JobEntry entry)
    {
        if (entry.Details?.Id is { } id)
            _chosen.Remove(id);

        var sequence = entry.Sequence;
        var index = (sequence / ChunkSize) - _firstChunk;
        var chunk = _chunks[index]!;
        chunk.Entries[sequence % ChunkSize] = null;
        Count--;

        // The chunk that is being filled stays.
        if (--chunk.Live == 0 && sequence / ChunkSize != LastSequence / ChunkSize)
        {
            _spare = chunk;
            _chunks[index] = null;
        }
    }

    /// <summary>The newest job that is older than the given number.</summary>
    public JobEntry? FindBefore(long sequence)
    {
        for (var s = Math.Min(sequence - 1, LastSequence); s / ChunkSize >= _firstChunk && s > 0;)
        {
            if (_chunks[(s / ChunkSize) - _firstChunk] is not { Live: > 0 } chunk)
            {
                s -= (s % ChunkSize) + 1;
                continue;
            }

            if (chunk.Entries[s % ChunkSize] is { } entry)
                return entry;

            s--;
        }

        return null;
    }

    private JobId Issue(long sequence, long now)
    {
        var milliseconds = (ulong)((now - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMillisecond);
        var number = (ulong)(sequence & SequenceMask);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x8000 | (number >> 28));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (1UL << 63) | ((number & 0xFFFFFFF) << 34) | _salt);
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    private Chunk ChunkFor(long sequence)
    {
        var index = (sequence / ChunkSize) - _firstChunk;
        if (index >= _chunks.Length)
        {
            MakeRoom();
            index = (sequence / ChunkSize) - _firstChunk;
        }

        if (_chunks[index] is { } chunk)
            return chunk;

        chunk = _spare ?? new Chunk();
        _spare = null;
        return _chunks[index] = chunk;
    }

    /// <summary>Drops the empty chunks at the front, or doubles the array when that gains little.</summary>
    private void MakeRoom()
    {
        var empty = 0;
        while (empty < _chunks.Length && _chunks[empty] is null or { Live: 0 })
            empty++;

        var larger = empty < _chunks.Length / 2 ? new Chunk?[_chunks.Length * 2] : new Chunk?[_chunks.Length];
        Array.Copy(_chunks, empty, larger, 0, _chunks.Length - empty);
        _firstChunk += empty;
        _chunks = larger;
    }

    private sealed class Chunk
    {
        public readonly JobEntry?[] Entries = new JobEntry?[ChunkSize];
        public int Live;
    }
}
