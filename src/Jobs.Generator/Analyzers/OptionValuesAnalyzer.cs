using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Constants in options and arguments of the product.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionValuesAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.InvalidDuration, Rules.InvalidQueueName, Rules.InvalidJobName, Rules.NumberOutOfRange, Rules.UnknownTimeZone, Rules.InvalidCron,
        Rules.InvalidKey, Rules.DurationOutOfRange, Rules.InvalidScheduleId, Rules.InvalidAddress, Rules.CallbackWithoutHttps,
    ];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterOperationAction(AnalyzeConversion, OperationKind.Conversion);
        context.RegisterOperationAction(AnalyzeAssignment, OperationKind.SimpleAssignment);
        context.RegisterOperationAction(AnalyzeArgument, OperationKind.Argument);
    }

    /// <summary>To a duration, from its text or from a span of time.</summary>
    private static void AnalyzeConversion(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (conversion.OperatorMethod is not { } method || !JobsTypes.Is(method.ContainingType, "JobDuration"))
        {
            return;
        }

        if (conversion.Operand.ConstantValue is { HasValue: true, Value: string text })
        {
            Report(context, ValueCheck.Duration(text, conversion.Operand.Syntax.GetLocation()));
        }
        else if (ConstantSpan.Find(conversion.Operand) is { } span && span < TimeSpan.Zero)
        {
            Report(context, ValueCheck.Span("The duration", JobOptionRules.CheckDuration(span), conversion.Operand.Syntax.GetLocation()));
        }
    }

    /// <summary>To a property of options.</summary>
    private static void AnalyzeAssignment(OperationAnalysisContext context)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        // [Job] has an analyzer of its own.
        if (assignment.Target is not IPropertyReferenceOperation { Property: { ContainingType: { } type } property } || !JobsTypes.IsOfProduct(property) || JobsTypes.IsJobAttribute(type))
        {
            return;
        }

        var location = assignment.Value.Syntax.GetLocation();
        var (option, value) = (property.Name, Unwrap(assignment.Value));
        if (value.ConstantValue is { HasValue: true, Value: { } constant })
        {
            Report(context, CheckConstant(type.Name, option, constant, value.Type, location));
        }

        if (option == "Tags")
        {
            CheckTags(context, value);
        }
        else if ((type.Name, option) is ("EnqueueOptions", "OnCompleted" or "OnFailed"))
        {
            Report(context, AddressCheck.Check(option, value));
        }
        else if (ConstantSpan.Find(value) is { } span && !(IsDuration(property.Type) && span < TimeSpan.Zero))
        {
            Report(context, ValueCheck.Span(option, OptionChecks.CheckSpan(type.Name, option, span), location));
        }
    }

    private static Diagnostic? CheckConstant(string type, string option, object constant, ITypeSymbol? constantType, Location location)
    {
        if (constantType is INamedTypeSymbol { TypeKind: TypeKind.Enum } named)
        {
            return named.GetMembers().OfType<IFieldSymbol>().Any(field => Equals(field.ConstantValue, constant))
                ? null
                : ValueCheck.Number(option, $"{constant} is not a value of {named.Name}", location);
        }

        if (constant is string text)
        {
            return (type, option) switch
            {
                ("EnqueueOptions" or "JobFilter", "Queue") => ValueCheck.Queue(text, location),
                (_, "Cron") => ValueCheck.Cron(text, location),
                (_, "TimeZone") => ValueCheck.TimeZone(text, location),
                ("JobScheduleAttribute", "Jitter") => ValueCheck.Duration(text, location),
                _ => OptionChecks.MaxTextLength(type, option) is { } max ? ValueCheck.Key(option, text, max, location) : null,
            };
        }

        return ConstantNumber.ToDouble(constant) is { } number ? ValueCheck.Number(option, OptionChecks.CheckNumber(type, option, number), location) : null;
    }

    private static void CheckTags(OperationAnalysisContext context, IOperation value)
    {
        var elements = value switch
        {
            ICollectionExpressionOperation collection => collection.Elements,
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            _ => [],
        };
        foreach (var element in elements)
        {
            if (Unwrap(element).ConstantValue is { HasValue: true, Value: string tag })
            {
                Report(context, ValueCheck.Key("A tag", tag, JobOptionRules.MaxTagLength, element.Syntax.GetLocation()));
            }
        }
    }

    /// <summary>By the names of the parameters, which mean the same throughout the product.</summary>
    private static void AnalyzeArgument(OperationAnalysisContext context)
    {
        var argument = (IArgumentOperation)context.Operation;
        if (argument.Parameter is not { ContainingSymbol: IMethodSymbol method } parameter || argument.IsImplicit)
        {
            return;
        }

        if (!JobsTypes.IsOfProduct(method))
        {
            CheckAddedQueue(context, argument, method);
            return;
        }

        var value = Unwrap(argument.Value);
        var location = value.Syntax.GetLocation();
        if (value.ConstantValue is { HasValue: true, Value: string text })
        {
            Report(context, (method.ContainingType.Name, parameter.Name) switch
            {
                (_, "queue") or ("JobsBuilder", "name") => ValueCheck.Queue(text, location),
                (_, "jobName") => ValueCheck.JobName(text, location),
                (_, "cron") or ("CronExpression", "text") when method.Name != "TryParse" => ValueCheck.Cron(text, location),
                (_, "timeZone") => ValueCheck.TimeZone(text, location),
                ("JobScheduleAttribute" or "JobScheduleExtensions", "id") => ValueCheck.ScheduleId(text, location),
                ("JobDuration", "text") when method.Name == "Parse" => ValueCheck.Duration(text, location),
                _ => null,
            });
        }
        else if (parameter.Name == "percent" && value.ConstantValue is { HasValue: true, Value: { } constant } && ConstantNumber.ToDouble(constant) is { } number)
        {
            Report(context, ValueCheck.Number("The percentage", JobOptionRules.CheckPercent(number), location));
        }
    }

    /// <summary><c>worker.Queues.Add("…")</c>.</summary>
    private static void CheckAddedQueue(OperationAnalysisContext context, IArgumentOperation argument, IMethodSymbol method)
    {
        if (method.Name == "Add"
            && argument is { Parent: IInvocationOperation { Instance: IPropertyReferenceOperation { Property: { Name: "Queues", ContainingType: { } type } } }, Value.ConstantValue: { HasValue: true, Value: string name } }
            && JobsTypes.Is(type, "WorkerOptions"))
        {
            Report(context, ValueCheck.Queue(name, argument.Value.Syntax.GetLocation()));
        }
    }

    private static bool IsDuration(ITypeSymbol type) =>
        JobsTypes.Is(type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type, "JobDuration");

    private static IOperation Unwrap(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion && !(conversion.ConstantValue.HasValue && conversion.Type?.TypeKind == TypeKind.Enum))
        {
            value = conversion.Operand;
        }

        return value;
    }

    private static void Report(OperationAnalysisContext context, Diagnostic? diagnostic)
    {
        if (diagnostic is not null)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }
}
