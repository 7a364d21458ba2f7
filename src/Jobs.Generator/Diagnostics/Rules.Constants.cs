using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Diagnostics;

/// <summary>Validation, and constants against it.</summary>
internal static partial class Rules
{
    public const string EnqueuedConstantBreaksValidationId = "JOB0401";
    public const string ConstantBreaksValidationId = "JOB0402";
    public const string RuleCannotBeCheckedId = "JOB0403";

    public static readonly DiagnosticDescriptor EnqueuedConstantBreaksValidation = new(
        EnqueuedConstantBreaksValidationId,
        "A job is enqueued with a constant that its input's validation refuses",
        "{0} ({1})",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An input is validated when it is enqueued. This value is written in the call and breaks the rule, so that the call can only fail.",
        HelpLinkBase + EnqueuedConstantBreaksValidationId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor ConstantBreaksValidation = new(
        ConstantBreaksValidationId,
        "A job's input is constructed with a constant that its validation refuses",
        "{0} ({1})",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An input is validated when it is enqueued. With this value that will fail, unless the value is replaced before.",
        HelpLinkBase + ConstantBreaksValidationId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor RuleCannotBeChecked = new(
        RuleCannotBeCheckedId,
        "A validation rule cannot be checked by generated code",
        "The input of job '{0}' has a rule that cannot be checked: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Inputs are validated by generated code, which has to name the attribute and everything in its arguments. A rule that is silently not checked would be worse than a build that fails.",
        HelpLinkBase + RuleCannotBeCheckedId + HelpLinkExtension);
}
