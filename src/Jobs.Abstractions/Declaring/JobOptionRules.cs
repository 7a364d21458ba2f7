// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

using System.Globalization;

namespace Jobs;

/// <summary>What options may be, wherever they are set. Each check returns null when the value is right, otherwise what is wrong with it.</summary>
internal static class JobOptionRules
{
    public const int MaxAttempts = 1000;
    public const int MaxKeyLength = 200;
    public const int MaxTags = 32;
    public const int MaxTagLength = 100;
    public const int MaxWorkerConcurrency = 10_000;
    public const int MaxPage = 1000;
    public const int MaxCatchUp = 1000;
    public const string DefaultQueue = "default";
    public const int DefaultMaxAttempts = 3;
    public const int MaxAddressLength = 2000;

    /// <summary>Longer than anything meant seriously, and short enough that a time plus a duration is still a time on every storage.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromDays(365 * 1000);

    public static string? CheckAttempts(int value) => CheckRange(value, 1, MaxAttempts);

    /// <summary>How many at a time, where there is no upper bound.</summary>
    public static string? CheckConcurrency(int value) => value >= 1 ? null : $"{value} is less than 1";

    /// <summary>How many records are kept.</summary>
    public static string? CheckRetainedCount(int value) => value >= 1 ? null : $"{value} is less than 1; to keep none, set the duration beside it to \"0s\"";

    public static string? CheckWorkerConcurrency(int value) => CheckRange(value, 1, MaxWorkerConcurrency);

    public static string? CheckCatchUp(int value) => CheckRange(value, 1, MaxCatchUp);

    public static string? CheckPage(int value) => CheckRange(value, 1, MaxPage);

    /// <summary>Where a callback may go, as far as the address itself says.</summary>
    public static string? CheckAddress(Uri address)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            return $"'{address}' is no absolute address of http or https";
        }

        if (address.AbsoluteUri.Length > MaxAddressLength)
        {
            return $"it has {address.AbsoluteUri.Length.ToString(CultureInfo.InvariantCulture)} characters, {MaxAddressLength.ToString(CultureInfo.InvariantCulture)} are allowed";
        }

        return address.UserInfo.Length == 0 ? null : "it contains a user name; callbacks are signed, and credentials in an address end up in logs";
    }

    /// <summary>A share.</summary>
    public static string? CheckJitter(double value) => value is >= 0 and <= 1 ? null : $"{Format(value)} is not from 0 to 1";

    /// <summary>A percentage.</summary>
    public static string? CheckPercent(double value) => value is >= 0 and <= 100 ? null : $"{Format(value)} is not from 0 to 100";

    /// <summary>How long something takes or waits; zero is allowed.</summary>
    public static string? CheckDuration(TimeSpan value)
    {
        if (value < TimeSpan.Zero)
        {
            return "it is negative";
        }

        return value <= MaxDuration ? null : $"{JobDurationText.Format(value)} is longer than 1,000 years";
    }

    /// <summary>How long an attempt may run.</summary>
    public static string? CheckTimeout(TimeSpan value) => value == TimeSpan.Zero ? "it must be more than zero; leave it out for no limit" : CheckDuration(value);

    public static string? CheckLease(TimeSpan value) =>
        value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromHours(1) ? null : "it must be from 1 second to 1 hour";

    public static string? CheckPoll(TimeSpan value) =>
        value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromHours(1) ? null : "it must be from 1 millisecond to 1 hour";

    public static string? CheckGrace(TimeSpan value) =>
        value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1) ? null : "it must be from 0 to 1 day";

    /// <summary>A key or the like, as every storage can hold it: U+0000 cannot be stored in PostgreSQL's text.</summary>
    public static string? CheckText(string value, int maxLength)
    {
        if (value.Length == 0)
        {
            return "it is empty; leave it null";
        }

        if (value.Length > maxLength)
        {
            return $"it has {value.Length} characters, {maxLength} are allowed";
        }

        return value.Contains('\0') ? "it contains the character U+0000" : null;
    }

    private static string? CheckRange(int value, int min, int max) =>
        value >= min && value <= max ? null : $"{value} is not from {min} to {max}";

    private static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
