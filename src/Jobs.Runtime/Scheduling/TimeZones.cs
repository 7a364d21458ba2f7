namespace Jobs.Scheduling;

/// <summary>Finds time zones, and says what to do when there is none.</summary>
internal static class TimeZones
{
    private const string Database = "/usr/share/zoneinfo";

    /// <summary>Whether this machine has any.</summary>
    public static bool AreInstalled => OperatingSystem.IsWindows() || Directory.Exists(Database);

    /// <summary>The zone; null is UTC.</summary>
    /// <exception cref="JobException">The machine does not know it.</exception>
    public static TimeZoneInfo Find(string? id)
    {
        if (id is null or "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException or ArgumentException)
        {
            var hint = AreInstalled
                ? "Use an IANA id such as 'Europe/Berlin', and check its spelling"
                : "This machine has no time zones: install them (Debian and Ubuntu: apt-get install tzdata, Alpine: apk add tzdata)";
            throw new JobException(JobErrorCodes.UnknownTimeZone, $"There is no time zone '{id}' on this machine. {hint}.", innerException: exception);
        }
    }
}
