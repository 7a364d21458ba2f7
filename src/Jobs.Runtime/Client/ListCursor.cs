using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jobs.Client;

/// <summary>
/// Ties a page's cursor to what was asked for: a storage's own says only where the page ended, and with other conditions it would pass
/// over jobs in silence.
/// </summary>
internal static class ListCursor
{
    private const int MarkLength = 12;

    /// <summary>The cursor to hand out.</summary>
    public static string? Seal(JobFilter filter, string? cursor) => cursor is null ? null : $"{MarkOf(filter)}.{cursor}";

    /// <summary>The storage's cursor in that of a filter.</summary>
    /// <exception cref="JobException">It is of a list with other conditions, or none at all.</exception>
    public static string? Open(JobFilter filter)
    {
        if (filter.Cursor is not { } cursor)
        {
            return null;
        }

        if (cursor.Length <= MarkLength || cursor[MarkLength] != '.')
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"JobFilter.Cursor is '{cursor}', which is no cursor. Pass JobPage.NextCursor of the page before, unchanged.");
        }

        return cursor.StartsWith(MarkOf(filter), StringComparison.Ordinal)
            ? cursor[(MarkLength + 1)..]
            : throw new JobException(JobErrorCodes.InvalidOption, "JobFilter.Cursor is of a list with other conditions. Go on with the filter of the page before, or begin without a cursor.");
    }

    private static string MarkOf(JobFilter filter)
    {
        var tags = filter.Tags is null ? "" : string.Join('\u0001', filter.Tags.Order(StringComparer.Ordinal));
        object?[] conditions =
        [
            filter.Status, filter.IsUnfinished, filter.Name, filter.Queue, filter.Submitter, filter.ScheduleId, tags, filter.Tags?.Count, filter.TagMatch,
            filter.CreatedFrom?.UtcTicks, filter.CreatedBefore?.UtcTicks, filter.Priority,
        ];
        var text = string.Join('\u0002', conditions.Select(static condition => Convert.ToString(condition, CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, MarkLength / 2));
    }
}
