using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>What a <c>[Job]</c> says: only what is set, so that silence leaves the decision to the level below.</summary>
internal sealed class JobAttributeData(AttributeData? attribute)
{
    private static readonly string[] _settings =
    [
        "Queue", "Priority", "MaxAttempts", "Backoff", "BackoffDelay", "MaxBackoffDelay", "Jitter", "Timeout", "ProgressTimeout",
        "MaxConcurrency", "GlobalConcurrency", "KeyConcurrency", "LogLevel", "Overlap", "RetainCompleted", "RetainFailed",
        "RetainCompletedCount", "RetainFailedCount", "Disabled",
    ];

    public string? Name => attribute?.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string name } ? name : null;

    public string? ClientName => GetText("ClientName");

    public string? Description => GetText("Description");

    public string? Cron => GetText("Cron");

    public string? TimeZone => GetText("TimeZone");

    public INamedTypeSymbol? Contract => Find("Contract") is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol type } ? type : null;

    public INamedTypeSymbol? JsonContext => Find("JsonContext") is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol type } ? type : null;

    public INamedTypeSymbol? DeadLetterTo => Find("DeadLetterTo") is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol type } ? type : null;

    /// <summary>The types of steps and waits.</summary>
    public IEnumerable<ITypeSymbol> StepTypes => Find("StepTypes") is { Kind: TypedConstantKind.Array, IsNull: false } array
        ? array.Values.Select(static value => value.Value).OfType<ITypeSymbol>().Where(static type => type.TypeKind != TypeKind.Error)
        : [];

    public IEnumerable<string> Aliases => Find("Aliases") is { Kind: TypedConstantKind.Array, IsNull: false } array
        ? array.Values.Select(static value => value.Value).OfType<string>()
        : [];

    /// <summary>The explicit defaults, in a fixed order.</summary>
    public IEnumerable<JobSettingModel> Settings
    {
        get
        {
            foreach (var setting in _settings)
            {
                if (Find(setting) is { IsNull: false } constant && Literals.Format(constant) is { } value)
                {
                    yield return new JobSettingModel(setting, value);
                }
            }

            if (DeadLetterTo is { } target && JobNaming.FindStoredName(target) is { } targetName)
            {
                yield return new JobSettingModel("DeadLetterTo", Literals.Format(targetName));
            }
        }
    }

    /// <summary>The attribute of a type; null when it has none.</summary>
    public static AttributeData? FindOn(INamedTypeSymbol type)
    {
        foreach (var candidate in type.GetAttributes())
        {
            if (JobsTypes.IsJobAttribute(candidate.AttributeClass))
            {
                return candidate;
            }
        }

        return null;
    }

    private string? GetText(string argument) => Find(argument) is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;

    private TypedConstant? Find(string argument)
    {
        if (attribute is null)
        {
            return null;
        }

        foreach (var named in attribute.NamedArguments)
        {
            if (named.Key == argument)
            {
                return named.Value;
            }
        }

        return null;
    }
}
