// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>A parsed schedule: one bit per allowed value, 64 bytes in all.</summary>
internal record struct CronFields
{
    /// <summary>Bits 0 to 59.</summary>
    public ulong Seconds;

    /// <summary>Bits 0 to 59.</summary>
    public ulong Minutes;

    /// <summary>
    /// Bits 0 to 6 for any such weekday (0 is Sunday), bits 7·k to 7·k + 6 for the k-th one of the month (k from 1 to 5), bits 42
    /// to 48 for the last one of the month.
    /// </summary>
    public ulong Weekdays;

    /// <summary>The interval of <c>@every</c> in ticks; 0 for all others, whose masks count.</summary>
    public long Interval;

    /// <summary>Bits 0 to 23.</summary>
    public uint Hours;

    /// <summary>Bits 1 to 31.</summary>
    public uint Days;

    /// <summary>Bit n for the n-th day before the month's last one.</summary>
    public uint LastDays;

    /// <summary>Bits 1 to 31: the Monday-to-Friday day nearest to that day within the month.</summary>
    public uint NearestWorkdays;

    /// <summary>Bit n: the Monday-to-Friday day nearest to the n-th day before the month's last one.</summary>
    public uint LastWorkdays;

    /// <summary>Bits 1 to 12.</summary>
    public ushort Months;

    public CronFlags Flags;
}
