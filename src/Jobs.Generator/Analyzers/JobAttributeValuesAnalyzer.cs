using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>The texts and numbers in a <c>[Job]</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobAttributeValuesAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.InvalidDuration, Rules.InvalidQueueName, Rules.NumberOutOfRange, Rules.UnknownTimeZone, Rules.InvalidCron,
        Rules.DurationOutOfRange, Rules.BackoffAboveItsMaximum, Rules.RetainedCountOfNothing,
    ];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context) => context.RegisterSymbolAction(
        static symbol =>
        {
            if (JobDeclaration.Find((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken) is { } job)
            {
                Analyze(symbol, job);
            }
        },
        SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context, JobDeclaration job)
    {
        foreach (var argument in job.Data.NamedArguments)
        {
            if (Check(argument.Key, argument.Value, job) is { } diagnostic)
            {
                context.ReportDiagnostic(diagnostic);
            }
        }

        if (GetDuration(job, "BackoffDelay") is var (delayText, delay) && GetDuration(job, "MaxBackoffDelay") is var (maximumText, maximum) && delay > maximum)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.BackoffAboveItsMaximum, job.Locations.Argument("BackoffDelay"), delayText, maximumText));
        }

        CheckRetention(context, job, "RetainCompleted");
        CheckRetention(context, job, "RetainFailed");
    }

    private static void CheckRetention(SymbolAnalysisContext context, JobDeclaration job, string age)
    {
        var count = age + "Count";
        if (GetDuration(job, age) is var (text, span) && span == TimeSpan.Zero && job.Data.NamedArguments.FirstOrDefault(argument => argument.Key == count).Value.Value is int number)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.RetainedCountOfNothing, job.Locations.Argument(count), count, number, age, text));
        }
    }

    private static Diagnostic? Check(string option, TypedConstant constant, JobDeclaration job) => (option, constant) switch
    {
        ("Queue", { Value: string name }) => ValueCheck.Queue(name, job.Locations.Argument(option)),
        ("Cron", { Value: string text }) => ValueCheck.Cron(text, job.Locations.Argument(option)),
        ("TimeZone", { Value: string id }) => ValueCheck.TimeZone(id, job.Locations.Argument(option)),
        (_, { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type, Value: { } value }) => CheckEnum(option, type, value, job),
        ("Timeout" or "ProgressTimeout" or "BackoffDelay" or "MaxBackoffDelay" or "RetainCompleted" or "RetainFailed", { Value: string text }) => CheckDuration(option, text, job),
        (_, { Kind: TypedConstantKind.Primitive, Value: { } value }) when ConstantNumber.ToDouble(value) is { } number =>
            ValueCheck.Number(option, OptionChecks.CheckNumber("JobAttribute", option, number), job.Locations.Argument(option)),
        _ => null,
    };

    private static Diagnostic? CheckDuration(string option, string text, JobDeclaration job)
    {
        var location = job.Locations.Argument(option);
        return JobDurationText.Parse(text, out var span) is null
            ? ValueCheck.Span(option, OptionChecks.CheckSpan("JobAttribute", option, span), location)
            : ValueCheck.Duration(text, location);
    }

    private static Diagnostic? CheckEnum(string option, INamedTypeSymbol type, object value, JobDeclaration job) =>
        type.GetMembers().OfType<IFieldSymbol>().Any(field => Equals(field.ConstantValue, value))
            ? null
            : ValueCheck.Number(option, $"{value} is not a value of {type.Name}", job.Locations.Argument(option));

    private static (string Text, TimeSpan Value)? GetDuration(JobDeclaration job, string option)
    {
        foreach (var argument in job.Data.NamedArguments)
        {
            if (argument.Key == option && argument.Value.Value is string text && JobDurationText.Parse(text, out var value) is null)
            {
                return (text, value);
            }
        }

        return null;
    }
}
