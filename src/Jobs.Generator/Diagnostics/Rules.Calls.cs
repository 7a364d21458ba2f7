using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Diagnostics;

/// <summary>How jobs are enqueued, waited for and run.</summary>
internal static partial class Rules
{
    public const string UnobservedTaskId = "JOB0201";
    public const string ContradictoryOptionsId = "JOB0202";
    public const string RunAtInThePastId = "JOB0203";
    public const string CallbackWithoutHttpsId = "JOB0205";
    public const string EnqueueInLoopId = "JOB0206";
    public const string BlockingWaitId = "JOB0207";
    public const string HandlerIgnoresCancellationId = "JOB0208";
    public const string MissingAddJobsId = "JOB0209";

    public static readonly DiagnosticDescriptor UnobservedTask = new(
        UnobservedTaskId,
        "The task of a call is dropped",
        "The task of '{0}' is dropped: whether the call succeeded is never known; await it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Validation errors, refused options and an unreachable storage are reported through the task, and an enqueue is durable only when it has completed.",
        HelpLinkBase + UnobservedTaskId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor ContradictoryOptions = new(
        ContradictoryOptionsId,
        "Options contradict each other",
        "'{0}' has no effect beside '{1}'; remove one of them",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Of two options that exclude each other one silently wins.",
        HelpLinkBase + ContradictoryOptionsId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor RunAtInThePast = new(
        RunAtInThePastId,
        "A job is due in the past",
        "'{0}' is in the past, so the job is due at once; leave RunAt out to say so",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A constant time that has passed is the same as none.",
        HelpLinkBase + RunAtInThePastId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor CallbackWithoutHttps = new(
        CallbackWithoutHttpsId,
        "A callback goes over the open network",
        "'{0}' is not https, so that {1} is refused, unless CallbackOptions.AllowHttp is set",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A callback tells what became of a job. Without https everybody on the way can read it, and answer it.",
        HelpLinkBase + CallbackWithoutHttpsId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor EnqueueInLoop = new(
        EnqueueInLoopId,
        "Jobs are enqueued one by one",
        "'{0}' in a loop makes one call per job; EnqueueManyAsync makes one for all, and stores all or none",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "One call validates all inputs, stores them in one step and keeps their order.",
        HelpLinkBase + EnqueueInLoopId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor BlockingWait = new(
        BlockingWaitId,
        "A thread is blocked until a call ends",
        "'{0}' blocks the thread until '{1}' ends; await it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A blocked thread can be the one that the call, or the job that is waited for, needs; a handler that blocks holds a thread of the pool for as long as it runs.",
        HelpLinkBase + BlockingWaitId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor HandlerIgnoresCancellation = new(
        HandlerIgnoresCancellationId,
        "A handler ignores its cancellation token",
        "'{0}' does not pass its CancellationToken on to '{1}', so that a timeout, a cancel and a shutdown must wait for it",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "The token is how a running job is cancelled, timed out and drained. A handler that ignores it is abandoned after a grace and fenced off.",
        HelpLinkBase + HandlerIgnoresCancellationId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor MissingAddJobs = new(
        MissingAddJobsId,
        "Nothing registers the client",
        "'{0}' is asked for, but nothing in this program calls AddJobs, which registers it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "AddJobs is generated in every project that references the package, and registers the clients, the jobs and the worker.",
        HelpLinkBase + MissingAddJobsId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);
}
