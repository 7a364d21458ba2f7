using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Diagnostics;

/// <summary>Contracts over time.</summary>
internal static partial class Rules
{
    public const string ContractBrokenId = "JOB0601";
    public const string ContractChangedId = "JOB0602";
    public const string JobRemovedId = "JOB0603";
    public const string JobRenamedId = "JOB0604";
    public const string InvalidContractFileId = "JOB0605";

    public static readonly DiagnosticDescriptor ContractBroken = new(
        ContractBrokenId,
        "A change breaks jobs that are already queued",
        "{1} of job '{0}' {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "jobs.contracts.json records how inputs and results travel. With this change, jobs that are queued, or workers of the previous version, cannot be served any more. Keep the old form, write an IJobInputUpgrader, or record the change once nothing old is queued.",
        HelpLinkBase + ContractBrokenId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor ContractChanged = new(
        ContractChangedId,
        "A job's contract is not recorded yet",
        "Job '{0}': {1} {2}; record it in jobs.contracts.json",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "The change is compatible. Record it, with the build property UpdateJobContracts or the code fix, so that the next change is compared with it.",
        HelpLinkBase + ContractChangedId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor JobRemoved = new(
        JobRemovedId,
        "A recorded job is gone",
        "The job '{0}' is recorded in jobs.contracts.json, but nothing handles it any more",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "What is queued under this name would fail as NoHandler. Keep the handler, give the job that took over the name as an alias, or mark the recorded job as retired once nothing of it is queued.",
        HelpLinkBase + JobRemovedId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor JobRenamed = new(
        JobRenamedId,
        "A job was renamed without an alias",
        "The job '{0}' has the input and result of the recorded job '{1}', which is gone; if it was renamed, keep the old name with Aliases = [\"{1}\"]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "What is queued under the old name finds its handler by the alias only.",
        HelpLinkBase + JobRenamedId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor InvalidContractFile = new(
        InvalidContractFileId,
        "The contract file cannot be read",
        "jobs.contracts.json cannot be read: {0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The recorded contracts are compared with the code in every build. Resolve the conflict in the file, or delete it and record the contracts anew.",
        HelpLinkBase + InvalidContractFileId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);
}
