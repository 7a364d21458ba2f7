using System.Globalization;
using Xunit;

namespace Jobs.Generator.Tests.Validation;

/// <summary>Each attribute on a parameter of a record, beside the framework's verdict on a twin.</summary>
public sealed class ValidationRuleTests
{
    private const string Kinds = """
        public enum Kind : byte { None = 0, Small = 1, Large = 200 }
        [Flags] public enum Options { None = 0, A = 1, B = 2 }
        public sealed class OddAttribute(Type? type, object? value, params string?[]? names) : ValidationAttribute
        {
            public double Factor { get; set; }
            public Kind Kind { get; set; }
            public int[] Numbers = [];
            public override bool IsValid(object? v) => false;
            public override string FormatErrorMessage(string name) =>
                $"{name} {type} {value} {value?.GetType()} {(names is null ? "none" : string.Join("/", names))} {Factor.ToString(System.Globalization.CultureInfo.InvariantCulture)} {Kind} {string.Join("/", Numbers)}";
        }
        public sealed class Sized { public int Count => 3; }
        public static class Checks
        {
            public static ValidationResult? Text(string text) => text == "bad" ? new("{0} is bad") : null;
            public static ValidationResult? Wider(object text, ValidationContext context) => text is "bad" ? new("", [context.MemberName!]) : null;
            public static ValidationResult? Number(int number) => number == 2 ? new("two") : null;
        }

        """;

    /// <summary>The attribute, the type, and values in C#.</summary>
    public static TheoryData<string, string, string[]> Rules => new()
    {
        { "Required", "string", ["null", "\"\"", "\" \"", "\"a\""] },
        { "Required(AllowEmptyStrings = true)", "string?", ["null", "\"\""] },
        { "Required", "int?", ["null", "0"] },
        { "Required", "int", ["0"] },
        { "Required", "object?", ["null", "\"\"", "1"] },
        { "StringLength(3)", "string?", ["null", "\"abc\"", "\"abcd\""] },
        { "StringLength(3, MinimumLength = 2)", "string?", ["\"a\"", "\"ab\"", "\"abcd\""] },
        { "StringLength(3)", "object?", ["null", "\"abcd\""] },
        { "MinLength(2)", "string?", ["null", "\"a\"", "\"ab\""] },
        { "MinLength(2)", "int[]?", ["null", "new[] { 1 }", "new[] { 1, 2 }"] },
        { "MinLength(2)", "HashSet<int>", ["new() { 1 }", "new() { 1, 2 }"] },
        { "MinLength(2)", "IReadOnlyCollection<int>", ["new[] { 1 }", "new[] { 1, 2 }"] },
        { "MinLength(2)", "IDictionary<int, int>", ["new Dictionary<int, int>()"] },
        { "MinLength(2)", "ImmutableArray<int>", ["[1]", "[1, 2]"] },
        { "MinLength(2)", "object?", ["\"a\"", "new[] { 1 }", "new[] { 1, 2 }"] },
        { "MinLength(4)", "Sized", ["new()"] },
        { "MaxLength(2)", "string?", ["null", "\"ab\"", "\"abc\""] },
        { "MaxLength", "string?", ["\"ab\""] },
        { "MaxLength(1)", "List<int>?", ["null", "new() { 1, 2 }"] },
        { "Length(1, 2)", "string?", ["null", "\"\"", "\"ab\"", "\"abc\""] },
        { "Length(1, 2)", "IEnumerable<int>?", ["new List<int>()", "new[] { 1 }"] },
        { "Range(1, 10)", "int", ["0", "1", "10", "11"] },
        { "Range(1, 10, MinimumIsExclusive = true)", "int?", ["null", "1", "2"] },
        { "Range(1, 10, MaximumIsExclusive = true)", "long", ["9", "10"] },
        { "Range(1, 10)", "byte", ["0", "1", "200"] },
        { "Range(1, 10)", "double", ["0.4", "0.6", "10.4", "10.6"] },
        { "Range(1, 10)", "string?", ["null", "\"\"", "\"3\"", "\"30\"", "\"x\""] },
        { "Range(0.5, 1.5)", "double", ["0.5", "1.6", "double.NaN", "double.NegativeInfinity"] },
        { "Range(double.NegativeInfinity, 1.5)", "float", ["0.5f", "1.6f", "float.NaN"] },
        { "Range(0.5, 1.5)", "decimal?", ["null", "0.5m", "2m"] },
        { "Range(0.5, 1.5)", "ulong", ["0", "1"] },
        { "Range(1, 2)", "Kind", ["Kind.None", "Kind.Small"] },
        { "Range(typeof(decimal), \"0.1\", \"0.3\")", "decimal", ["0.05m", "0.1m", "0.31m"] },
        { "Range(typeof(decimal), \"0.1\", \"0.3\")", "decimal?", ["null", "0.31m"] },
        { "Range(typeof(decimal), \"1\", \"3\")", "int", ["2"] },
        { "Range(typeof(DateTime), \"2020-01-01\", \"2021-01-01\", ParseLimitsInInvariantCulture = true, MaximumIsExclusive = true)", "DateTime", ["new(2020, 1, 1)", "new(2021, 1, 1)"] },
        { "Range(typeof(DateOnly), \"2020-01-01\", \"2021-01-01\")", "DateOnly", ["new(2020, 1, 1)", "new(2022, 1, 1)"] },
        { "Range(typeof(TimeSpan), \"00:01\", \"01:00\", ConvertValueInInvariantCulture = true)", "TimeSpan", ["TimeSpan.Zero", "TimeSpan.FromMinutes(1)"] },
        { "Range(typeof(string), \"b\", \"d\")", "string?", ["\"a\"", "\"c\"", "null"] },
        { "Range(typeof(Guid), \"00000000-0000-0000-0000-000000000001\", \"00000000-0000-0000-0000-000000000002\")", "Guid", ["Guid.Empty"] },
        { "RegularExpression(\"a+\\\\d\")", "string?", ["null", "\"\"", "\"aa1\"", "\"xaa1\""] },
        { "RegularExpression(\"1+\")", "int", ["11", "12"] },
        { "EmailAddress", "string?", ["null", "\"\"", "\"a@b\"", "\"a@b@c\""] },
        { "Url", "string?", ["\"http://x\"", "\"x\""] },
        { "Url", "Uri?", ["null", "new(\"http://x\")"] },
        { "Phone", "string?", ["\"+1 23\"", "\"x\""] },
        { "CreditCard", "string?", ["\"4111 1111 1111 1111\"", "\"1\""] },
        { "FileExtensions", "string?", ["\"a.png\"", "\"a.exe\""] },
        { "FileExtensions(Extensions = \"exe\")", "string?", ["\"a.png\"", "\"a.exe\""] },
        { "Base64String", "string?", ["\"YQ==\"", "\"Y\""] },
        { "AllowedValues(1, 2L, null)", "object?", ["1", "2", "2L", "null"] },
        { "AllowedValues(\"a\", \"\\\"\\\\\\u00e9\\r\\n\\0\")", "string?", ["\"a\"", "\"b\"", "null"] },
        { "DeniedValues('a', (byte)3, Kind.Small)", "object?", ["'a'", "3", "(byte)3", "Kind.Small"] },
        { "DeniedValues(1, 2)", "int", ["1", "3"] },
        { "EnumDataType(typeof(Kind))", "string?", ["\"Small\"", "\"Tiny\"", "\"1\"", "\"\""] },
        { "EnumDataType(typeof(Options))", "int", ["3", "4"] },
        { "EnumDataType(typeof(Kind))", "Kind", ["Kind.Small", "(Kind)9"] },
        { "DataType(DataType.Date)", "string?", ["\"x\""] },
        { "CustomValidation(typeof(Checks), \"Wider\")", "string?", ["\"good\"", "\"bad\"", "null"] },
        { "CustomValidation(typeof(Checks), \"Wider\", ErrorMessage = \"{0}!\")", "string?", ["\"bad\""] },
        { "Odd(typeof(List<>), Kind.Large, \"a\", null, Factor = -1.5, Kind = (Kind)7, Numbers = new[] { int.MinValue, 3 })", "int", ["1"] },
        { "Odd(null, null, null)", "string?", ["\"x\"", "null"] },
        { "Odd(typeof(int?), long.MinValue, Factor = double.PositiveInfinity)", "string?", ["null"] },
        { "Odd(typeof(Dictionary<string, int>[]), new object[] { 1, \"a\" })", "string?", ["null"] },
        { "Odd(typeof(void), '\\'')", "string?", ["null"] },
        { "EmailAddress, Display(Name = \"E-mail\")", "string?", ["\"x\""] },
        { "EmailAddress(ErrorMessage = \"{0} is \\\"odd\\\"\")", "string?", ["\"x\""] },
    };

    [Fact]
    public void Every_attribute_gives_the_verdict_and_the_message_of_the_framework()
    {
        var rules = Rules.Select(row => row.Data).ToArray();
        var types = rules.Select((rule, i) => $"public sealed record R{i}([{rule.Item1}] {rule.Item2} @class);");
        var twins = rules.Select((rule, i) => $"public sealed record R{i}([property: {rule.Item1}{(IsNonNullable(rule.Item2) && !rule.Item1.StartsWith("Required", StringComparison.Ordinal) ? ", Required(AllowEmptyStrings = true)" : "")}] {rule.Item2} @class);");
        var values = rules.SelectMany((rule, i) => rule.Item3.Select((value, j) => $"public static object V{i}_{j} = new Ours.R{i}({value}!); public static object T{i}_{j} = new Twins.R{i}({value}!);"));
        var source = $"{Kinds}\nnamespace Ours\n{{\n{string.Join("\n", types)}\n}}\nnamespace Twins\n{{\n{string.Join("\n", twins)}\n}}\npublic static class Values\n{{\n{string.Join("\n", values)}\n}}";
        var assembly = ValidatedAssembly.Create(source, [.. rules.Select((_, i) => $"Ours.R{i}")]);
        var differences = new List<string>();
        for (var i = 0; i < rules.Length; i++)
        {
            for (var j = 0; j < rules[i].Item3.Length; j++)
            {
                var expected = Describe(() => FrameworkOracle.Validate(assembly.Value($"T{i}_{j}")!, "Twins").Select(error => error.ToString()));
                var actual = Describe(() => assembly.Validate($"Ours.R{i}", assembly.Value($"V{i}_{j}")).Select(error => (error.Member, error.Message).ToString()));
                if (expected != actual)
                {
                    differences.Add($"[{rules[i].Item1}] {rules[i].Item2} = {rules[i].Item3[j]}: {actual} instead of {expected}");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    private static bool IsNonNullable(string type) => type is "string" or "Sized" || (type.EndsWith('>') && !type.StartsWith("Immutable", StringComparison.Ordinal));

    private static string Describe(Func<IEnumerable<string>> validate)
    {
        try
        {
            return string.Join("; ", validate());
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
