using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Diagnostics;

/// <summary>Texts and numbers in attributes, options and arguments.</summary>
internal static partial class Rules
{
    public const string InvalidDurationId = "JOB0101";
    public const string InvalidQueueNameId = "JOB0102";
    public const string NumberOutOfRangeId = "JOB0103";
    public const string UnknownTimeZoneId = "JOB0104";
    public const string InvalidCronId = "JOB0105";
    public const string InvalidAddressId = "JOB0106";
    public const string InvalidKeyId = "JOB0107";
    public const string DurationOutOfRangeId = "JOB0108";
    public const string InvalidScheduleIdId = "JOB0110";
    public const string BackoffAboveItsMaximumId = "JOB0109";
    public const string RetainedCountOfNothingId = "JOB0111";

    public static readonly DiagnosticDescriptor InvalidDuration = new(
        InvalidDurationId,
        "A text is not a duration",
        "'{0}' is not a duration: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A duration is numbers with the units d, h, m, s and ms, descending, each at most once: 5s, 1h30m, 250ms.",
        HelpLinkBase + InvalidDurationId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor InvalidQueueName = new(
        InvalidQueueNameId,
        "A queue's name is invalid",
        "'{0}' cannot be a queue's name: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A queue's name has 1 to 100 letters, digits, '-', '_', '.', ':' or '/'.",
        HelpLinkBase + InvalidQueueNameId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor NumberOutOfRange = new(
        NumberOutOfRangeId,
        "A number is out of range",
        "{0} is wrong: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The same bounds are checked at run time, where the job would be refused or the application would not start.",
        HelpLinkBase + NumberOutOfRangeId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor UnknownTimeZone = new(
        UnknownTimeZoneId,
        "A time zone is unknown",
        "'{0}' is not a time zone of the IANA database{1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The list is that of the compiler, because the build machine's may be another; a newer zone may be missing in it.",
        HelpLinkBase + UnknownTimeZoneId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor InvalidCron = new(
        InvalidCronId,
        "A schedule cannot be read",
        "'{0}' is not a schedule: {1} (at position {2})",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A schedule has five or six cron fields, is a macro such as @daily, an interval such as @every 90s, or one of a few English phrases.",
        HelpLinkBase + InvalidCronId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor InvalidAddress = new(
        InvalidAddressId,
        "A callback's address is invalid",
        "'{0}' cannot be the address of {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A callback goes to an absolute address of http or https with at most 2,000 characters and without a user name. The enqueue would be refused.",
        HelpLinkBase + InvalidAddressId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor InvalidKey = new(
        InvalidKeyId,
        "A key or a tag is invalid",
        "{0} is wrong: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Keys have 1 to 200 characters, tags 1 to 100.",
        HelpLinkBase + InvalidKeyId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor DurationOutOfRange = new(
        DurationOutOfRangeId,
        "A duration is out of range",
        "{0} is wrong: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The same bounds are checked at run time, where the job would be refused or the application would not start.",
        HelpLinkBase + DurationOutOfRangeId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor InvalidScheduleId = new(
        InvalidScheduleIdId,
        "A schedule's id is invalid",
        "'{0}' cannot be the id of a schedule: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An id has 1 to 200 letters, digits, '-', '_', '.', ':' or '/'.",
        HelpLinkBase + InvalidScheduleIdId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor BackoffAboveItsMaximum = new(
        BackoffAboveItsMaximumId,
        "The first backoff is longer than the longest",
        "BackoffDelay '{0}' is longer than MaxBackoffDelay '{1}', which cuts it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The delay between two attempts is never longer than MaxBackoffDelay.",
        HelpLinkBase + BackoffAboveItsMaximumId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor RetainedCountOfNothing = new(
        RetainedCountOfNothingId,
        "A number of records is kept of which none is",
        "{0} keeps {1} records, and {2} '{3}' keeps none",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A record leaves when its age or the number of newer ones says so, whichever comes first. The application would not start.",
        HelpLinkBase + RetainedCountOfNothingId + HelpLinkExtension);
}
