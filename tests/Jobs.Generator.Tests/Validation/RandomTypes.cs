using System.Globalization;

namespace Jobs.Generator.Tests.Validation;

/// <summary>Makes up types that later ones are nested in and derived from.</summary>
internal sealed class RandomTypes(Random random)
{
    /// <summary>What the attributes refer to.</summary>
    public const string Support = """
        namespace Support
        {
            public static class Texts
            {
                public static string Wrong => "{0} is wrong, says a resource";
                public static string Label => "A label";
            }

            public sealed class StartsWithAttribute(char first) : ValidationAttribute("{0} has to start otherwise")
            {
                public override bool IsValid(object? value) => value is not string { Length: > 0 } text || text[0] == first;
            }

            public sealed class NotTheNameAttribute : ValidationAttribute
            {
                protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
                    Equals(value, context.MemberName) || value is null ? new ValidationResult($"{context.DisplayName} of {context.ObjectInstance.GetType().Name}", [context.MemberName!]) : ValidationResult.Success;
            }

            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public sealed class TwiceAttribute(string message) : ValidationAttribute(message)
            {
                public override bool IsValid(object? value) => value is not (null or "abc" or 5);
            }

            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public sealed class SeveralAttribute(string message) : ValidationAttribute(message)
            {
                public override object TypeId => this;
                public override bool IsValid(object? value) => value is not (null or "abc" or 5);
            }

            public sealed class NoEmptyStringsAttribute : ValidationAttribute
            {
                public override bool IsValid(object? value) => !value!.GetType().GetProperties().Any(p => p.GetValue(value) is "");
            }

            public static class Checks
            {
                public static ValidationResult? Text(string? text, ValidationContext context) =>
                    text is { Length: 1 or 4 } ? new ValidationResult($"no {context.DisplayName} {{0}}", [context.MemberName!]) : null;
                public static ValidationResult? Anything(object? value, ValidationContext context) =>
                    value is null or 5 ? new ValidationResult(null, [context.MemberName!, "Other"]) : null;
                public static ValidationResult? Number(int number, ValidationContext context) =>
                    number == 5 ? new ValidationResult("no five", [context.MemberName!]) : null;
            }
        }

        """;

    private static readonly string[] _leaves = ["string", "int", "long", "double", "decimal", "bool", "DateTime", "TimeSpan", "DayOfWeek", "byte", "Guid", "object"];

    private static readonly string[] _collections = ["List<{0}>", "{0}[]", "IReadOnlyList<{0}>", "IEnumerable<{0}>", "Dictionary<string, {0}>", "ICollection<{0}>", "IReadOnlyDictionary<int, {0}>", "HashSet<{0}>"];

    public IReadOnlyList<RandomType> Create(int count)
    {
        var types = new List<RandomType>();
        for (var i = 0; i < count; i++)
        {
            types.Add(CreateType($"N{i}", types));
        }

        return types;
    }

    private RandomType CreateType(string name, List<RandomType> earlier)
    {
        var kind = (RandomTypeKind)random.Next(3);
        var ancestor = kind == RandomTypeKind.Class && Chance(3) && earlier.Where(t => t.Kind == RandomTypeKind.Class).ToArray() is { Length: > 0 } classes ? Pick(classes) : null;
        var properties = new List<RandomProperty>();
        var count = random.Next(1, 6);
        for (var i = 0; i < count; i++)
        {
            properties.Add(CreateProperty($"{name}{(char)('A' + i)}", properties, earlier));
        }

        var attributes = (Chance(4) ? $"[Support.NoEmptyStrings{Message(true)}] " : "") + (kind != RandomTypeKind.Struct && Chance(4) ? "[Display(Name = \"The thing\")] " : "");
        var validate = Chance(4)
            ? $"    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext context) => GetHashCode(this.{properties[0].Name}) % 2 == 0 ? [new ValidationResult(context.DisplayName + \" is no good\", [\"{properties[0].Name}\", \"Else\"]), ValidationResult.Success!, new ValidationResult(\"at all\")] : [];\n    private static int GetHashCode(object? value) => value is string or int ? value.ToString()!.Length : 0;\n"
            : null;

        // An explicit implementation may be there once per hierarchy.
        return new(name, kind, ancestor?.Name, properties, attributes, ancestor is null || HasNone(ancestor, earlier) ? validate : null);
    }

    private static bool HasNone(RandomType? type, List<RandomType> types) =>
        type is null || (type.Validate is null && HasNone(types.FirstOrDefault(t => t.Name == type.Base), types));

    private RandomProperty CreateProperty(string name, List<RandomProperty> siblings, List<RandomType> earlier)
    {
        var nested = earlier.Count > 0 && Chance(3) ? Pick(earlier) : null;
        var element = nested?.Name ?? Pick(_leaves);
        var isCollection = Chance(nested is null ? 5 : 2);
        // No sets of records: equal ones would be one in ours and two in the twin.
        var type = isCollection ? string.Format(CultureInfo.InvariantCulture, Pick(nested is null ? _collections : _collections[..^1]), element) : element;
        var isReference = isCollection || nested is { Kind: not RandomTypeKind.Struct } || element is "string" or "object";
        var attributes = new List<string>();
        if (Chance(4))
        {
            attributes.Add(Pick(["Display(Name = \"A \\\"label\\\"\")", "Display(Name = nameof(Support.Texts.Label), ResourceType = typeof(Support.Texts))", "Display(Description = \"x\")", "Display(Name = \"\")", "DisplayName(\"unused\")"]));
        }

        var isNullable = Chance(2) && (isReference || type != "bool");
        var possible = Possible(type, name, siblings).Distinct().ToList();
        if (isNullable)
        {
            // The framework names no member when it cannot convert null.
            possible.RemoveAll(attribute => attribute.Contains("\"Number\"", StringComparison.Ordinal));
        }

        var count = random.Next(4);
        for (var i = 0; i < count && possible.Count > 0; i++)
        {
            var attribute = Pick(possible);
            var attributeName = attribute.Split('(', ' ')[0];
            possible.RemoveAll(other => other.Split('(', ' ')[0] == attributeName && !(attributeName is "CustomValidation" or "Support.Several" or "Support.Twice"));
            attributes.Add(attribute);
        }

        return new(name, type, isReference, isNullable, attributes);
    }

    private IEnumerable<string> Possible(string type, string name, List<RandomProperty> siblings)
    {
        yield return $"Required{Message(true)}";
        yield return $"Support.NotTheName{Message(true)}";
        yield return "Support.Twice(\"{0} once\")";
        yield return "Support.Twice(\"{0} again\")";
        yield return "Support.Several(\"{0} first\")";
        yield return "Support.Several(\"{0} second\")";
        yield return $"CustomValidation(typeof(Support.Checks), \"Anything\"{Message(false)})";
        if (siblings.LastOrDefault() is { } sibling)
        {
            yield return $"Compare(\"{sibling.Name}\"{Message(false)})";
        }

        var low = random.Next(-3, 4);
        var high = low + random.Next(4);
        var exclusive = high > low ? Pick(["", ", MinimumIsExclusive = true", ", MaximumIsExclusive = true", ", MinimumIsExclusive = true, MaximumIsExclusive = true"]) : "";
        if (type is "int" or "long" or "double" or "decimal" or "byte" or "string" or "DayOfWeek")
        {
            yield return $"Range({low}, {high}{exclusive}{Message(false)})";
            yield return $"Range({low}.5, {high}.5{exclusive}{Message(false)})";
            yield return $"Range(typeof({(type is "string" or "DayOfWeek" ? "int" : type)}), \"{Math.Abs(low)}\", \"{Math.Abs(low) + 3}\"{exclusive}{Message(false)})";
            yield return $"AllowedValues({low}, 5, \"abc\", null{Message(false)})";
            yield return $"DeniedValues(5, \"abc\", 5L, 1.5, (byte)5{Message(false)})";
            yield return $"EnumDataType(typeof(DayOfWeek){Message(false)})";
        }

        if (type is "int" or "long")
        {
            yield return "CustomValidation(typeof(Support.Checks), \"Number\")";
        }

        if (type == "DateTime")
        {
            yield return "Range(typeof(DateTime), \"2020-01-01\", \"2021-01-01\", ParseLimitsInInvariantCulture = true)";
        }

        if (type == "TimeSpan")
        {
            yield return "Range(typeof(TimeSpan), \"00:00:01\", \"01:00:00\")";
        }

        var least = random.Next(1, 3);
        if (type == "string" || type.Contains('<', StringComparison.Ordinal) || type.Contains('[', StringComparison.Ordinal))
        {
            yield return $"MinLength({least}{Message(false)})";
            yield return $"MaxLength({least}{Message(false)})";
            yield return $"Length({least}, {least + 2}{Message(false)})";
        }

        if (type != "string")
        {
            yield break;
        }

        yield return $"Required(AllowEmptyStrings = true{Message(false)})";
        yield return $"StringLength({least + 2}, MinimumLength = {least}{Message(false)})";
        yield return $"StringLength({least}{Message(false)})";
        yield return $"RegularExpression(\"[a-c\\\\d]{{1,3}}\"{Message(false)})";
        yield return $"EmailAddress{Message(true)}";
        yield return $"Url{Message(true)}";
        yield return $"Phone{Message(true)}";
        yield return $"CreditCard{Message(true)}";
        yield return $"FileExtensions(Extensions = \"png,txt\"{Message(false)})";
        yield return "FileExtensions";
        yield return $"Base64String{Message(true)}";
        yield return "DataType(DataType.Html)";
        yield return "Support.StartsWith('a')";
        yield return $"CustomValidation(typeof(Support.Checks), \"Text\"{Message(false)})";
        yield return $"Support.NotTheName(ErrorMessage = \"{name}\")";
    }

    private string Message(bool isAlone)
    {
        var argument = random.Next(6) switch
        {
            0 => "ErrorMessage = \"{0}: \\\"no\\\"\\n\"",
            1 => "ErrorMessageResourceName = \"Wrong\", ErrorMessageResourceType = typeof(Support.Texts)",
            _ => "",
        };
        return argument.Length == 0 ? "" : isAlone ? $"({argument})" : ", " + argument;
    }

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
