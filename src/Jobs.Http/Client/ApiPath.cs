using System.Globalization;
using System.Text;

namespace Jobs.Http.Client;

/// <summary>Builds paths below the prefix, with their queries.</summary>
internal sealed class ApiPath(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _next = '?';

    /// <summary>A name as a part of a path.</summary>
    public static string Escape(string name) => Uri.EscapeDataString(name);

    public static ApiPath Of(JobId id, string operation = "") => new($"{id}{operation}");

    public ApiPath With(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_next).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _next = '&';
        }

        return this;
    }

    public ApiPath With(string name, bool value) => value ? With(name, "true") : this;

    public ApiPath With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    public ApiPath With(string name, DateTimeOffset? value) => With(name, value?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));

    /// <summary>The conditions of a filter, without its page.</summary>
    public ApiPath With(JobFilter filter)
    {
        With("status", filter.Status?.ToString()).With("unfinished", filter.IsUnfinished).With("name", filter.Name).With("queue", filter.Queue)
            .With("submitter", filter.Submitter).With("scheduleId", filter.ScheduleId);
        foreach (var tag in filter.Tags ?? [])
        {
            With("tag", tag);
        }

        return With("tagMatch", filter.Tags is null || filter.TagMatch is TagMatch.All ? null : filter.TagMatch.ToString())
            .With("createdFrom", filter.CreatedFrom).With("createdBefore", filter.CreatedBefore)
            .With("priority", filter.Priority?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A filter for a change of many jobs; that no condition is meant is said.</summary>
    public ApiPath WithAll(JobFilter filter)
    {
        With(filter);
        return _next == '?' ? With("all", true) : this;
    }

    public override string ToString() => _text.ToString();
}
