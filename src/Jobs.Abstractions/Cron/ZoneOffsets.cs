using System.Runtime.CompilerServices;

namespace Jobs;

/// <summary>A zone's offsets from UTC, looked up where the framework computes them anew each time, which would be most of the cost of finding a run.</summary>
internal sealed class ZoneOffsets
{
    /// <summary>Stretches of 2^49 ticks, some 650 days; each is looked at once, when it is first needed.</summary>
    private const int StretchBits = 49;
    private const long Step = 12 * TimeSpan.TicksPerHour;
    private static readonly long _first = new DateTime(1970, 1, 1).Ticks >> StretchBits;
    private static readonly long _count = (new DateTime(2100, 1, 1).Ticks >> StretchBits) - _first;

    /// <summary>What is kept is a function of the zone alone, and goes when the zone goes.</summary>
    private static readonly ConditionalWeakTable<TimeZoneInfo, ZoneOffsets> _known = [];

    private readonly TimeZoneInfo _zone;
    private readonly (long Start, long Offset)[]?[] _stretches = new (long Start, long Offset)[]?[_count];

    private ZoneOffsets(TimeZoneInfo zone) => _zone = zone;

    public static ZoneOffsets Of(TimeZoneInfo zone) => _known.TryGetValue(zone, out var offsets) ? offsets : _known.GetValue(zone, static key => new ZoneOffsets(key));

    /// <summary>The offset, in ticks, at an instant in UTC ticks; beyond what a date can be, that of the first or the last.</summary>
    public long At(long utc)
    {
        var index = (utc >> StretchBits) - _first;
        if ((ulong)index >= (ulong)_count)
        {
            return Ask(utc);
        }

        var changes = Volatile.Read(ref _stretches[index]) ?? Look(index);
        for (var i = changes.Length - 1; i > 0; i--)
        {
            if (utc >= changes[i].Start)
            {
                return changes[i].Offset;
            }
        }

        return changes[0].Offset;
    }

    /// <summary>Finds the changes of a stretch: no zone changes its clock twice within half a day.</summary>
    private (long Start, long Offset)[] Look(long index)
    {
        var start = (index + _first) << StretchBits;
        var end = start + (1L << StretchBits);
        var changes = new List<(long Start, long Offset)> { (start, Ask(start)) };
        for (var at = start; at < end; at += Step)
        {
            var next = Math.Min(at + Step, end - 1);
            if (Ask(next) != changes[^1].Offset)
            {
                var change = FindChange(at, next);
                changes.Add((change, Ask(change)));
            }
        }

        (long Start, long Offset)[] found = [.. changes];
        Volatile.Write(ref _stretches[index], found);
        return found;
    }

    private long FindChange(long low, long high)
    {
        var before = Ask(low);
        low -= low % TimeSpan.TicksPerSecond;
        while (high - low > TimeSpan.TicksPerSecond)
        {
            var middle = low + ((high - low) / 2);
            middle -= middle % TimeSpan.TicksPerSecond;
            (low, high) = Ask(middle) == before ? (middle, high) : (low, middle);
        }

        return high - (high % TimeSpan.TicksPerSecond);
    }

    private long Ask(long utc) => _zone.GetUtcOffset(new DateTime(Math.Clamp(utc, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc)).Ticks;
}
