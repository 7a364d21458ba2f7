using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Diagnostics;

/// <summary>How jobs are declared.</summary>
internal static partial class Rules
{
    public const string DuplicateJobNameId = "JOB0001";
    public const string InvalidJobNameId = "JOB0002";
    public const string JobIsNotAHandlerId = "JOB0003";
    public const string HandlerWithoutJobId = "JOB0004";
    public const string AbstractHandlerId = "JOB0005";
    public const string GenericJobId = "JOB0006";
    public const string InaccessibleJobId = "JOB0007";
    public const string NoUsableConstructorId = "JOB0008";
    public const string SeveralHandlerInterfacesId = "JOB0009";
    public const string AsyncVoidInHandlerId = "JOB0010";
    public const string AliasClashId = "JOB0011";
    public const string DuplicateClientNameId = "JOB0012";
    public const string InvalidClientNameId = "JOB0013";
    public const string InaccessibleJobTypeId = "JOB0014";
    public const string ContractMismatchId = "JOB0015";
    public const string InvalidJsonContextId = "JOB0016";
    public const string NameDecidedByContractId = "JOB0017";
    public const string DeadLetterMismatchId = "JOB0018";
    public const string ScheduleWithoutInputId = "JOB0019";

    public static readonly DiagnosticDescriptor DuplicateJobName = new(
        DuplicateJobNameId,
        "Two jobs have the same stored name",
        "The job name '{0}' is also that of '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Queued jobs are told apart by their names alone, so that each name must belong to one job, in the assembly and in everything that it references.",
        HelpLinkBase + DuplicateJobNameId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor InvalidJobName = new(
        InvalidJobNameId,
        "A job's name is invalid",
        "'{0}' cannot be a job's name: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A stored name has 1 to 200 letters, digits, '-', '_', '.', ':' or '/'.",
        HelpLinkBase + InvalidJobNameId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor JobIsNotAHandler = new(
        JobIsNotAHandlerId,
        "A job has no handler interface",
        "'{0}' has [Job] but {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A job is a class that implements IJobHandler, IJobHandler<TInput> or IJobHandler<TInput, TResult>, or an interface that derives from one of the IJobContract interfaces.",
        HelpLinkBase + JobIsNotAHandlerId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor HandlerWithoutJob = new(
        HandlerWithoutJobId,
        "A handler is not declared as a job",
        "'{0}' implements {1} but has no [Job], so no client knows it and no worker runs it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Only types with [Job] become jobs. Make the type abstract when it is a base class of handlers.",
        HelpLinkBase + HandlerWithoutJobId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor AbstractHandler = new(
        AbstractHandlerId,
        "A handler cannot be constructed",
        "'{0}' is {1}, so no worker can construct it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A handler is constructed for each attempt; it must be a class that is neither abstract nor static.",
        HelpLinkBase + AbstractHandlerId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor GenericJob = new(
        GenericJobId,
        "A job is generic",
        "'{0}' has type parameters, of itself or of a type around it, which nobody fills in",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A job is one class with one input type. Derive a class per input from the generic one, and give that class [Job].",
        HelpLinkBase + GenericJobId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor InaccessibleJob = new(
        InaccessibleJobId,
        "A job is out of reach of the generated code",
        "'{0}' cannot be named outside of {1}; make it internal or public",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generated code constructs the handler and lies in other files and types of the same assembly.",
        HelpLinkBase + InaccessibleJobId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor NoUsableConstructor = new(
        NoUsableConstructorId,
        "A handler has no usable constructor",
        "'{0}' cannot be constructed: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generated code resolves the constructor's parameters from the attempt's service scope, so that it needs a public or internal constructor whose parameters can be services.",
        HelpLinkBase + NoUsableConstructorId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor SeveralHandlerInterfaces = new(
        SeveralHandlerInterfacesId,
        "A job has several handler interfaces",
        "'{0}' implements {1}; a job has exactly one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "One job has one input and one result. Split the class, one per input.",
        HelpLinkBase + SeveralHandlerInterfacesId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor AsyncVoidInHandler = new(
        AsyncVoidInHandlerId,
        "A handler starts work that nobody awaits",
        "{0} is async void: the attempt ends without waiting for it, and an exception in it ends the process",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "What a handler does not await runs outside of the attempt: unfinished when the job counts as completed, and not retried when it fails.",
        HelpLinkBase + AsyncVoidInHandlerId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor AliasClash = new(
        AliasClashId,
        "An alias names another job",
        "The alias '{0}' of '{1}' is also {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A queued job finds its handler by name or alias, so that each may lead to one job only.",
        HelpLinkBase + AliasClashId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor DuplicateClientName = new(
        DuplicateClientNameId,
        "Two jobs have the same client property",
        "The client property '{0}' is also that of '{1}'; set [Job(ClientName = \"…\")] on one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generated client has one property per job, its own and those of referenced assemblies. Of two with one name only one would be there.",
        HelpLinkBase + DuplicateClientNameId + HelpLinkExtension,
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor InvalidClientName = new(
        InvalidClientNameId,
        "A job's client property has an impossible name",
        "'{0}' cannot be a property of the client: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The property is a C# identifier that hides nothing that every object has, and differs from the client's own name.",
        HelpLinkBase + InvalidClientNameId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor InaccessibleJobType = new(
        InaccessibleJobTypeId,
        "A job's input or result is out of reach of the generated code",
        "The {0} '{1}' of '{2}' cannot be named by generated code; make it internal or public",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generated client, serializer and validator lie in other files and types of the same assembly, and name the types of input and result.",
        HelpLinkBase + InaccessibleJobTypeId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor ContractMismatch = new(
        ContractMismatchId,
        "A handler does not match its contract",
        "'{0}' does not match its contract '{1}': {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The handler of a contract has the contract's input and result, in the same order.",
        HelpLinkBase + ContractMismatchId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor InvalidJsonContext = new(
        InvalidJsonContextId,
        "The JSON context is not a serializer context",
        "'{0}' is not a JsonSerializerContext that generated code can name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "JsonContext takes a class that derives from System.Text.Json.Serialization.JsonSerializerContext and is internal or public.",
        HelpLinkBase + InvalidJsonContextId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor NameDecidedByContract = new(
        NameDecidedByContractId,
        "A contract's handler cannot rename the job",
        "'{0}' is the handler of '{1}', which alone decides the job's name and client property; this is ignored",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Name and client property belong to the contract, because its callers do not know the handler.",
        HelpLinkBase + NameDecidedByContractId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor DeadLetterMismatch = new(
        DeadLetterMismatchId,
        "A dead letter's handler cannot hold the letter",
        "The dead letters of '{0}' cannot go to '{1}': {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "DeadLetterTo names a job whose input is DeadLetter<TInput> of the failing job's input, or DeadLetter, which holds the letters of all jobs.",
        HelpLinkBase + DeadLetterMismatchId + HelpLinkExtension);

    public static readonly DiagnosticDescriptor ScheduleWithoutInput = new(
        ScheduleWithoutInputId,
        "A schedule's input cannot be made without arguments",
        "The schedule '{0}' of '{1}' has no input: '{2}' cannot be made without arguments; give them in [JobSchedule(id, cron, arguments)], or defaults to all of its constructor's parameters",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A declared schedule needs an input for each run. Without arguments it is made by a constructor that needs none, which constants, abstract types and types with required members do not have.",
        HelpLinkBase + ScheduleWithoutInputId + HelpLinkExtension);
}
