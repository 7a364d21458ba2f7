using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The schedules that a handler declares: the one of <c>[Job(Cron = …)]</c>, whose id is the job's name, and those of <c>[JobSchedule]</c>.</summary>
internal static class ScheduleParser
{
    private static readonly string[] _settings = ["Overlap", "CatchUp", "Jitter"];

    public static EquatableArray<ScheduleModel> Parse(INamedTypeSymbol type, string jobName, JobAttributeData declaration, JobAttributeData attribute, ITypeSymbol? input, Compilation compilation)
    {
        var schedules = new List<ScheduleModel>();
        if ((attribute.Cron ?? declaration.Cron) is { } cron)
        {
            schedules.Add(new ScheduleModel(jobName, cron, attribute.TimeZone ?? declaration.TimeZone, EquatableArray<JobSettingModel>.Empty, FormatInput(input, [], compilation)));
        }

        foreach (var schedule in type.GetAttributes())
        {
            if (JobsTypes.Is(schedule.AttributeClass, "JobScheduleAttribute") && ParseAttribute(schedule, input, compilation) is { } model)
            {
                schedules.Add(model);
            }
        }

        return schedules.ToEquatableArray();
    }

    private static ScheduleModel? ParseAttribute(AttributeData attribute, ITypeSymbol? input, Compilation compilation)
    {
        if (attribute.ConstructorArguments.Length < 2
            || attribute.ConstructorArguments[0].Value is not string id
            || attribute.ConstructorArguments[1].Value is not string cron)
        {
            return null;
        }

        string? zone = null;
        var settings = new List<JobSettingModel>();
        foreach (var named in attribute.NamedArguments.OrderBy(static named => named.Key, StringComparer.Ordinal))
        {
            if (named.Key == "TimeZone")
            {
                zone = named.Value.Value as string;
            }
            else if (_settings.Contains(named.Key) && named.Value is { IsNull: false } && Literals.Format(named.Value) is { } value)
            {
                settings.Add(new JobSettingModel(named.Key, value));
            }
        }

        return new ScheduleModel(id, cron, zone, settings.ToEquatableArray(), FormatInput(input, GetArguments(attribute), compilation));
    }

    /// <summary>The constant arguments of a <c>[JobSchedule]</c>, of which the input is made.</summary>
    public static TypedConstant[] GetArguments(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 2 && attribute.ConstructorArguments[2] is { Kind: TypedConstantKind.Array, IsNull: false } array ? array.Values.ToArray() : [];

    /// <summary>The input of constant arguments. The compiler checks them where the expression is emitted.</summary>
    private static string? FormatInput(ITypeSymbol? input, TypedConstant[] arguments, Compilation compilation)
    {
        if (input is null || !TypeAccess.CanBeNamed(input, compilation))
        {
            return null;
        }

        if (arguments.Length == 1 && IsConstantType(input))
        {
            return Format(arguments[0]);
        }

        return arguments.Length == 0 && !HasDefaultForm(input, compilation)
            ? null
            : $"new {TypeNames.GetUnannotated(input)}({string.Join(", ", arguments.Select(Format))})";
    }

    private static string Format(TypedConstant constant) => constant.Kind == TypedConstantKind.Array && constant is { IsNull: false, Type: IArrayTypeSymbol array }
        ? $"new {TypeNames.GetUnannotated(array.ElementType)}[] {{ {string.Join(", ", constant.Values.Select(Format))} }}"
        : Literals.Format(constant) ?? "default";

    private static bool IsConstantType(ITypeSymbol type)
    {
        var underlying = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return underlying.TypeKind == TypeKind.Enum || underlying.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String;
    }

    /// <summary>Whether emitted code can make the input without arguments.</summary>
    public static bool HasDefaultForm(ITypeSymbol input, Compilation compilation) =>
        input is INamedTypeSymbol { IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct } type
        && !IsConstantType(type)
        && !HasRequiredMembers(type)
        && type.InstanceConstructors.Any(constructor =>
            constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)
            && TypeAccess.IsAccessible(constructor, compilation));

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers().Any(static member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return true;
            }
        }

        return false;
    }
}
