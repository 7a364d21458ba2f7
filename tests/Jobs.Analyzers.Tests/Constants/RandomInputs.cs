using System.Globalization;
using System.Text;

namespace Jobs.Analyzers.Tests.Constants;

/// <summary>
/// Makes up input types with validation attributes, and constant constructions of them. Each type has a twin whose attributes are all
/// on properties, where the framework's validator sees them.
/// </summary>
internal sealed class RandomInputs(Random random)
{
    private static readonly string[] _texts =
        ["\"\"", "\" \"", "\"a\"", "\"abc\"", "\"bc1\"", "\"abcd\"", "\"a@b\"", "\"@\"", "\"a@b\\n\"", "\"a@@b\"", "\"http://x.example\"", "\"FTP://y\"", "\"ftp:\"", "\"+1 (555) 010\"", "\"x 5\"", "\"555 x 5\"",
         "\"5ext. 7\"", "\"5 ext.\"", "\"4111111111111111\"", "\"4111-1111 1111 1112\"", "\"1234\"", "\"-\"", "\"a.png\"", "\"b.TXT\"", "\"c.exe\"", "\"d/.png\"", "\"e.\"", "\"YWJj\"", "\"YW Jj\"", "\"YWI=\"", "\"YQ==\"", "\"YQ=\"", "\"=\"", "\"Y===\"",
         "\"Monday\"", "\"monday\"", "\"-1\"", "\"2\"", "\"12.5\"", "\"99\"", "\"\\u00e9\\u20ac\"", "nameof(Constants)", "Constants.Mail", "$\"{Constants.Mail}x\"", "$\"a{Constants.Letter}\"", "\"a\" + \"bc\"", "string.Empty", "\"\\u0661\""];

    private static readonly string[] _types = ["string", "string", "string", "int", "long", "double", "decimal", "byte", "bool", "char", "DayOfWeek", "Access", "string[]", "List<string>", "IReadOnlyList<string>", "object", "float", "short", "ulong"];

    private readonly StringBuilder _ours = new();
    private readonly StringBuilder _twins = new();
    private readonly StringBuilder _calls = new();
    private readonly StringBuilder _made = new();
    private readonly List<string> _written = [];

    /// <summary>The members that each construction writes out; null when the object goes straight into a client, where all count.</summary>
    public IReadOnlyList<string> Written => _written;

    public string Create(int types, int constructionsPerType)
    {
        for (var type = 0; type < types; type++)
        {
            CreateType($"N{type}", constructionsPerType);
        }

        return $$"""
            public static class Constants { public const string Mail = "m@x"; public const char Letter = 'b'; public const int Five = 5; }
            [Flags] public enum Access { Read = 1, Write = 2, All = 3, Execute = 8 }
            namespace Ours
            {
            {{_ours}}
            public static class Calls
            {
            {{_calls}}
            }
            }
            namespace Twins
            {
            {{_twins}}
            public static class Made
            {
            {{_made}}
            }
            }
            """;
    }

    private void CreateType(string name, int constructions)
    {
        var members = Enumerable.Range(0, random.Next(1, 6)).Select(index => CreateMember($"{name}{(char)('A' + index)}")).ToList();
        for (var index = 1; index < members.Count; index++)
        {
            if (random.Next(5) == 0 && members[index].Type == members[index - 1].Type && !members[index].Type.Contains("tring[", StringComparison.Ordinal) && !members[index].Type.Contains('<', StringComparison.Ordinal))
            {
                members[index].Attributes.Add($"Compare(\"{members[index - 1].Name}\")");
            }
        }

        var isRecord = random.Next(3) > 0;
        var positional = isRecord ? random.Next(members.Count + 1) : 0;
        var kind = isRecord ? random.Next(4) == 0 ? "record struct" : "sealed record" : "sealed class";
        string Declare(bool isTwin)
        {
            var parameters = string.Join(", ", members.Take(positional).Select(member => $"{member.List(isTwin, true, isTwin || member.IsOnProperty ? "property: " : "")}{member.TypeName} {member.Name}{member.Default}"));
            var properties = string.Join(" ", members.Skip(positional).Select(member => $"{member.List(isTwin, false, "")}public {member.TypeName} {member.Name} {{ get; {(member.IsSettable ? "set" : "init")}; }}"));
            return $"#pragma warning disable CS8618\n    public {kind} {name}{(positional > 0 ? $"({parameters})" : "")} {{ {properties} }}";
        }

        var optional = members.Take(positional).Reverse().TakeWhile(member => member.CanHaveDefault).ToList();
        foreach (var member in optional.Take(random.Next(3)))
        {
            member.Default = " = " + member.DefaultValue;
        }

        _ours.Append("    ").AppendLine(Declare(false));
        _ours.AppendLine(CultureInfo.InvariantCulture, $"    [Job(\"{name}\")] public sealed class Handle{name} : IJobHandler<{name}> {{ public ValueTask HandleAsync({name} input, JobContext context, CancellationToken cancellationToken) => default; }}");
        _twins.Append("    ").AppendLine(Declare(true));
        for (var i = 0; i < constructions; i++)
        {
            Construct(name, members, positional);
        }
    }

    private void Construct(string name, List<Member> members, int positional)
    {
        var written = new List<string>();
        var arguments = new List<string>();
        var isNamed = false;
        void Note(Member member, string value)
        {
            // A list that somebody holds may be filled before it is validated, so that nothing is said of it.
            if (member.Type != "List<string>" || value is "null!" or "default!")
            {
                written.Add(member.Name);
            }
        }

        foreach (var member in members.Take(positional))
        {
            if (member.Default.Length > 0 && random.Next(2) == 0)
            {
                isNamed = true;
                continue;
            }

            isNamed |= random.Next(5) == 0;
            var value = Value(member);
            arguments.Add((isNamed ? member.Name + ": " : "") + value);
            Note(member, value);
        }

        var initializers = new List<string>();
        foreach (var member in members.Skip(positional).Where(_ => random.Next(4) > 0))
        {
            var value = Value(member);
            initializers.Add($"{member.Name} = {value}");
            Note(member, value);
        }

        var target = $"new {name}({string.Join(", ", arguments)})";
        var initializer = initializers.Count > 0 ? $" {{ {string.Join(", ", initializers)} }}" : "";
        var index = _written.Count;
        var isStraight = random.Next(2) == 0;
        _written.Add(isStraight ? "*" : string.Join(",", written));
        _calls.AppendLine(isStraight
            ? $"        public static object C{index}(IJobClient<{name}> client) => client.EnqueueAsync({(random.Next(2) == 0 ? "new" + target[("new " + name).Length..] : target)}{initializer});"
            : $"        public static object C{index}() => {target}{initializer};");
        _made.AppendLine(CultureInfo.InvariantCulture, $"        public static object C{index}() => {target}{initializer};");
    }

    private Member CreateMember(string name)
    {
        var type = Pick(_types);
        var isReference = type is "string" or "object" || type.Contains('<', StringComparison.Ordinal) || type.EndsWith(']');
        var member = new Member(name, type, isReference, isNullable: random.Next(2) == 0) { IsOnProperty = random.Next(4) == 0, IsSettable = random.Next(3) == 0 };
        var possible = Possible(type).ToList();
        for (var i = random.Next(4); i > 0 && possible.Count > 0; i--)
        {
            var attribute = Pick(possible);
            possible.RemoveAll(other => other.Split('(')[0] == attribute.Split('(')[0]);
            member.Attributes.Add(attribute);
        }

        if (random.Next(5) == 0)
        {
            member.Attributes.Add(Pick(["Display(Name = \"A label\")", "Display(Name = \"\")", "Display(Description = \"x\")"]));
        }

        return member;
    }

    private string Value(Member member)
    {
        if (member.IsNullable || member.IsReference)
        {
            if (random.Next(6) == 0)
            {
                return member.IsReference ? Pick(["null!", "default!"]) : Pick(["null", "default"]);
            }
        }

        return member.Type switch
        {
            "string" => Pick(_texts),
            "int" => Pick(["0", "5", "-3", "Constants.Five", "2 + 3", "int.MaxValue", "'a'", "default(int)"]),
            "long" => Pick(["0", "5L", "-3", "7", "Constants.Five"]),
            "short" or "float" => Pick(["0", "5", "-3", "7"]),
            "double" => Pick(["0.5", "5", "-3.25", "1e10", "double.NaN", "2.5"]),
            "decimal" => Pick(["0.5m", "5", "-3.25m", "2.50m"]),
            "byte" => Pick(["0", "5", "200"]),
            "ulong" => Pick(["0", "5", "200ul"]),
            "bool" => Pick(["true", "false"]),
            "char" => Pick(["'a'", "'\\0'"]),
            "DayOfWeek" => Pick(["DayOfWeek.Monday", "(DayOfWeek)9", "0", "DayOfWeek.Friday"]),
            "Access" => Pick(["Access.Read", "Access.Read | Access.Execute", "(Access)16", "0", "(Access)7"]),
            "object" => Pick(["\"abc\"", "5", "5L", "2.5", "DayOfWeek.Monday", "'a'", "true", "\"a@b\""]),
            "string[]" => Pick(["[]", "new string[2]", "[\"a\", \"b\"]", "new[] { \"a\" }", "new string[] { }", "Array.Empty<string>()", "new[] { \"a\", \"b\", \"c\" }"]),
            "List<string>" => Pick(["[]", "new()", "new() { \"a\" }", "[\"a\", \"b\", \"c\"]", "new List<string> { \"a\", \"b\" }"]),
            _ => Pick(["[]", "[\"a\"]", "new[] { \"a\", \"b\", \"c\" }", "new List<string>()"]),
        };
    }

    private IEnumerable<string> Possible(string type)
    {
        yield return Pick(["Required", "Required(ErrorMessage = \"{0}: needed\")", "Required(AllowEmptyStrings = true)"]);
        var low = random.Next(-3, 4);
        var high = low + random.Next(4);
        var exclusive = high > low ? Pick(["", ", MinimumIsExclusive = true", ", MaximumIsExclusive = true", ", MinimumIsExclusive = true, MaximumIsExclusive = true", ", ErrorMessage = \"{0} {1} {2}\""]) : "";
        if (!type.Contains("tring", StringComparison.Ordinal) || type == "string")
        {
            yield return $"Range({low}, {high}{exclusive})";
            yield return $"Range({low}.5, {high}.5{exclusive})";
            yield return $"AllowedValues({low}, 5, \"abc\", null, DayOfWeek.Monday)";
            yield return "DeniedValues(5, \"abc\", 5L, 2.5, (byte)5, DayOfWeek.Monday, true)";
            yield return "EnumDataType(typeof(DayOfWeek))";
            yield return type is "string" ? "EnumDataType(typeof(DayOfWeek))" : "EnumDataType(typeof(Access))";
        }

        if (type is "int" or "long" or "double" or "decimal" or "byte" or "short" or "float" or "ulong")
        {
            yield return $"Range(typeof({type}), \"{Math.Abs(low)}\", \"{Math.Abs(low) + 3}\"{exclusive})";
        }

        if (type is "double" or "decimal")
        {
            yield return $"Range(typeof({type}), \"0.75\", \"2.50\", ParseLimitsInInvariantCulture = true)";
        }

        var least = random.Next(1, 3);
        if (type.Contains("tring", StringComparison.Ordinal))
        {
            yield return $"MinLength({least})";
            yield return $"MaxLength({least}, ErrorMessage = \"{{0}} at most {{1}}\")";
            yield return $"MaxLength({least})";
            yield return $"Length({least}, {least + 1})";
        }

        if (type is "string" or "int")
        {
            yield return "RegularExpression(\"[a-c\\\\d]{1,3}\")";
        }

        if (type is "string" or "object" or "int")
        {
            foreach (var name in new[] { "EmailAddress", "Url", "Phone", "CreditCard", "Base64String", "FileExtensions", "FileExtensions(Extensions = \"PNG, .txt\")" })
            {
                yield return name;
            }
        }

        if (type == "string")
        {
            yield return $"StringLength({least + 2}, MinimumLength = {least})";
            yield return $"StringLength({least})";
            yield return "DataType(DataType.Html)";
        }
    }

    private string Pick(IReadOnlyList<string> items) => items[random.Next(items.Count)];

    private sealed class Member(string name, string type, bool isReference, bool isNullable)
    {
        public string Name => name;

        public string Type => type;

        public bool IsReference => isReference;

        public bool IsNullable => isNullable;

        public bool IsOnProperty { get; init; }

        public bool IsSettable { get; init; }

        public string TypeName => type + (isNullable ? "?" : "");

        public string Default { get; set; } = "";

        public bool CanHaveDefault => isNullable || type is "int" or "string" or "DayOfWeek";

        public string DefaultValue => isNullable ? "null" : type switch { "int" => "7", "string" => "\"\"", _ => "DayOfWeek.Friday" };

        public List<string> Attributes { get; } = [];

        /// <summary>In the twin, what may not be null is required by an attribute that allows everything else.</summary>
        public string List(bool isTwin, bool isPositional, string target)
        {
            var all = isTwin && isReference && !isNullable && !Attributes.Any(attribute => attribute.StartsWith("Required", StringComparison.Ordinal))
                ? Attributes.Prepend("Required(AllowEmptyStrings = true)")
                : Attributes;
            return string.Concat(all.Select(attribute => $"[{(attribute.StartsWith("Compare", StringComparison.Ordinal) && isPositional ? "property: " : target)}{attribute}] "));
        }
    }
}
