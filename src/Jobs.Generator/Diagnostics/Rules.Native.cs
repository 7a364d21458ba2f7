using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Diagnostics;

/// <summary>Ahead-of-time compilation.</summary>
internal static partial class Rules
{
    public const string ValidationUnsafeForTrimmingId = "JOB0701";

    public static readonly DiagnosticDescriptor ValidationUnsafeForTrimming = new(
        ValidationUnsafeForTrimmingId,
        "A validation attribute cannot be used by natively compiled programs",
        "The attribute '{0}' on '{1}' is marked as unsafe for trimming or native compilation, and job '{2}' is validated with it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Validation constructs the attribute. The framework's own attributes of this kind are checked by generated code instead; for others, write an IJobInputValidator, or an attribute that needs no reflection.",
        HelpLinkBase + ValidationUnsafeForTrimmingId + HelpLinkExtension);
}
