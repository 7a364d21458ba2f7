using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Diagnostics;

/// <summary>Types that travel.</summary>
internal static partial class Rules
{
    public const string TypeCannotTravelId = "JOB0301";
    public const string MemberVanishesId = "JOB0302";
    public const string ObjectArrivesAsJsonId = "JOB0303";
    public const string CircularReferenceId = "JOB0304";
    public const string StepTypeUnknownId = "JOB0305";
    public const string RedactionWithoutEffectId = "JOB0306";

    public static readonly DiagnosticDescriptor TypeCannotTravel = new(
        TypeCannotTravelId,
        "A type in a job's input or result cannot travel",
        "'{0}' of job '{1}' cannot travel: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Inputs and results are written as JSON, kept in a storage and read again, perhaps by another process. This part of them would fail there.",
        HelpLinkBase + TypeCannotTravelId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor MemberVanishes = new(
        MemberVanishesId,
        "A member of a job's input or result is lost on the way",
        "'{0}' of job '{1}' is lost on the way: {2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The member holds a value, but JSON does not bring it back. If it is not meant to travel, say so with [JsonIgnore].",
        HelpLinkBase + MemberVanishesId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor ObjectArrivesAsJson = new(
        ObjectArrivesAsJsonId,
        "An object in a job's input or result loses its type",
        "'{0}' of job '{1}' is an object: whatever it was, it arrives as a JsonElement",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "JSON does not say which type a value had. Use that type, or a base type with [JsonDerivedType]; or JsonElement, if any JSON is meant.",
        HelpLinkBase + ObjectArrivesAsJsonId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor CircularReference = new(
        CircularReferenceId,
        "A part of a job's input or result refers back to the whole",
        "'{0}' of job '{1}' leads back to {2}, which contains it: an object that contains itself cannot be written",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "JSON has no references. A child that knows its parent makes writing fail when the enqueue or the result is written.",
        HelpLinkBase + CircularReferenceId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor StepTypeUnknown = new(
        StepTypeUnknownId,
        "A step or a wait has a type without metadata",
        "'{0}' is part of no input and no result of a job in this assembly: name it in the handler's attribute, StepTypes = [typeof({0})]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "What a step returns and what answers a wait is stored as JSON by the metadata that is made of the jobs' inputs and results. Other types are named in StepTypes, or brought along as a JsonTypeInfo.",
        HelpLinkBase + StepTypeUnknownId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor RedactionWithoutEffect = new(
        RedactionWithoutEffectId,
        "A redaction has no effect",
        "[Redacted] on '{0}' has no effect: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "What is redacted is a member of the JSON that is stored. A value that gets there on another way would be seen by everybody.",
        HelpLinkBase + RedactionWithoutEffectId + HelpLinkExtension);
}
