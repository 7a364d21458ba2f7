namespace Jobs.Generator.Analyzers;

/// <summary>The ids of the IANA time zone database: a list of our own, because what the build machine knows varies.</summary>
internal static class TimeZoneNames
{
    private static readonly Lazy<HashSet<string>> _all = new(Read);

    public static bool Contains(string id) => _all.Value.Contains(id);

    /// <summary>The id that is most like the text: the same apart from case, blanks and dashes, or the same city; null when there is none.</summary>
    public static string? Suggest(string text)
    {
        var wanted = Normalize(text);
        if (wanted.Length == 0)
        {
            return null;
        }

        var city = wanted.Substring(wanted.LastIndexOf('/') + 1);
        return _all.Value
            .Select(id => (Id: id, Normalized: Normalize(id)))
            .Where(candidate => candidate.Normalized == wanted || candidate.Normalized.Substring(candidate.Normalized.LastIndexOf('/') + 1) == city)
            .OrderByDescending(candidate => candidate.Normalized == wanted)
            .ThenBy(static candidate => candidate.Id, StringComparer.Ordinal)
            .Select(static candidate => candidate.Id)
            .FirstOrDefault();
    }

    private static string Normalize(string id) => id.Trim().Replace(' ', '_').Replace('-', '_').Replace("\\", "/").ToLowerInvariant();

    private static HashSet<string> Read()
    {
        using var stream = typeof(TimeZoneNames).Assembly.GetManifestResourceStream("TimeZones.txt");
        using var reader = new StreamReader(stream);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                ids.Add(line);
            }
        }

        return ids;
    }
}
