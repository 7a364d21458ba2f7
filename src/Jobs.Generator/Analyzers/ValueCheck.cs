using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Analyzers;

/// <summary>What a constant means, and what the run time would say to it. One method per meaning; null when it is right.</summary>
internal static class ValueCheck
{
    public static Diagnostic? Duration(string text, Location location)
    {
        if (JobDurationText.Parse(text, out _) is not { } problem)
        {
            return null;
        }

        return Diagnostic.Create(Rules.InvalidDuration, location, Suggest(DurationSuggestion.For(text)), text, problem);
    }

    public static Diagnostic? Queue(string name, Location location) => JobIdentifierText.CheckQueueName(name) is { } problem
        ? Diagnostic.Create(Rules.InvalidQueueName, location, Suggest(NameSuggestion.For(name)), name, problem)
        : null;

    public static Diagnostic? JobName(string name, Location location) => JobIdentifierText.CheckJobName(name) is { } problem
        ? Diagnostic.Create(Rules.InvalidJobName, location, Suggest(NameSuggestion.For(name)), name, problem)
        : null;

    public static Diagnostic? Cron(string text, Location location) => CronParser.Parse(text, out _) is { } problem
        ? Diagnostic.Create(Rules.InvalidCron, location, text, problem.Reason, problem.Position)
        : null;

    public static Diagnostic? ScheduleId(string id, Location location) => JobIdentifierText.CheckJobName(id) is { } problem
        ? Diagnostic.Create(Rules.InvalidScheduleId, location, Suggest(NameSuggestion.For(id)), id, problem)
        : null;

    public static Diagnostic? TimeZone(string id, Location location)
    {
        if (TimeZoneNames.Contains(id))
        {
            return null;
        }

        var suggestion = TimeZoneNames.Suggest(id);
        return Diagnostic.Create(Rules.UnknownTimeZone, location, Suggest(suggestion), id, suggestion is null ? "" : $"; did you mean '{suggestion}'?");
    }

    public static Diagnostic? Key(string option, string text, int maxLength, Location location) => JobOptionRules.CheckText(text, maxLength) is { } problem
        ? Diagnostic.Create(Rules.InvalidKey, location, option, problem)
        : null;

    public static Diagnostic? Number(string option, string? problem, Location location) =>
        problem is null ? null : Diagnostic.Create(Rules.NumberOutOfRange, location, option, problem);

    public static Diagnostic? Span(string option, string? problem, Location location) =>
        problem is null ? null : Diagnostic.Create(Rules.DurationOutOfRange, location, option, problem);

    private static ImmutableDictionary<string, string?>? Suggest(string? suggestion) =>
        suggestion is null ? null : ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Suggestion, suggestion);
}
