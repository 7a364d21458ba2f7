using System.Globalization;
using System.Text;

namespace Jobs.Generator.Contracts;

/// <summary>The form of <c>jobs.contracts.json</c>: made for reviews, so one member is one line and everything has a fixed order.</summary>
internal static class ContractFile
{
    public const string Name = "jobs.contracts.json";

    private const int Version = 1;

    public static string Write(ContractSet contracts)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"version\": ").Append(Version).Append(",\n  \"jobs\": {");
        AppendAll(text, contracts.Jobs, static (text, job) => AppendJob(text, job));
        text.Append("},\n  \"types\": {");
        AppendAll(text, contracts.Types, static (text, type) => AppendType(text, type));
        return text.Append("}\n}\n").ToString();
    }

    /// <exception cref="JsonTextException">The text is not JSON or says something else than contracts.</exception>
    public static ContractSet Read(string text)
    {
        var root = Object(JsonText.Parse(text), "the file");
        if (Find(root, "version") is not decimal version || version != Version)
        {
            throw new JsonTextException($"\"version\" must be {Version}");
        }

        var contracts = new ContractSet();
        foreach (var job in Object(Find(root, "jobs"), "\"jobs\""))
        {
            Add(contracts.Jobs, job.Key, ReadJob(Object(job.Value, job.Key)));
        }

        foreach (var type in Object(Find(root, "types"), "\"types\""))
        {
            Add(contracts.Types, type.Key, ReadType(Object(type.Value, type.Key), type.Key));
        }

        return contracts;
    }

    private static void Add<T>(SortedDictionary<string, T> values, string name, T value)
    {
        if (values.ContainsKey(name))
        {
            throw new JsonTextException($"\"{name}\" is there twice");
        }

        values.Add(name, value);
    }

    private static void AppendAll<T>(StringBuilder text, SortedDictionary<string, T> values, Action<StringBuilder, T> append)
    {
        var separator = "";
        foreach (var value in values)
        {
            text.Append(separator).Append("\n    ").Append(JsonText.Quote(value.Key)).Append(": {");
            append(text, value.Value);
            text.Append("\n    }");
            separator = ",";
        }

        text.Append(values.Count > 0 ? "\n  " : "");
    }

    private static void AppendJob(StringBuilder text, JobContract job)
    {
        var parts = new List<string>();
        if (job.Retired is { } retired)
        {
            parts.Add($"\"retired\": {JsonText.Quote(retired)}");
        }

        if (job.Aliases.Count > 0)
        {
            parts.Add($"\"aliases\": [{string.Join(", ", job.Aliases.Select(JsonText.Quote))}]");
        }

        if (job.Input is { } input)
        {
            parts.Add($"\"input\": {JsonText.Quote(input)}");
        }

        if (job.Result is { } result)
        {
            parts.Add($"\"result\": {JsonText.Quote(result)}");
        }

        AppendLines(text, parts, "      ");
    }

    private static void AppendType(StringBuilder text, TypeShape type)
    {
        if (type is EnumShape values)
        {
            text.Append("\n      \"underlying\": ").Append(JsonText.Quote(values.Underlying)).Append(",\n      \"enum\": {");
            AppendLines(text, values.Members.Select(static member => $"{JsonText.Quote(member.Key)}: {member.Value.ToString(CultureInfo.InvariantCulture)}"), "        ");
            text.Append("\n      }");
            return;
        }

        var shape = (ObjectShape)type;
        foreach (var (name, isSet) in new[] { ("abstract", shape.IsAbstract), ("closed", shape.IsClosed), ("keepsUnknown", shape.KeepsUnknown) })
        {
            text.Append(isSet ? $"\n      \"{name}\": true," : "");
        }

        if (shape.Discriminator is { } discriminator)
        {
            text.Append("\n      \"discriminator\": ").Append(JsonText.Quote(discriminator)).Append(",\n      \"derived\": {");
            AppendLines(text, shape.Derived.Select(static derived => $"{JsonText.Quote(derived.Key)}: {JsonText.Quote(derived.Value)}"), "        ");
            text.Append("\n      },");
        }

        text.Append("\n      \"members\": {");
        AppendLines(
            text,
            shape.Members.Select(static member => $"{JsonText.Quote(member.Key)}: {{ \"type\": {JsonText.Quote(member.Value.Type)}{(member.Value.IsRequired ? ", \"required\": true" : "")} }}"),
            "        ");
        text.Append(shape.Members.Count > 0 ? "\n      }" : "}");
    }

    private static void AppendLines(StringBuilder text, IEnumerable<string> lines, string indent)
    {
        var separator = "";
        foreach (var line in lines)
        {
            text.Append(separator).Append('\n').Append(indent).Append(line);
            separator = ",";
        }
    }

    private static JobContract ReadJob(List<KeyValuePair<string, object?>> job) => new()
    {
        Aliases = Find(job, "aliases") is List<object?> aliases ? [.. aliases.OfType<string>()] : [],
        Input = Find(job, "input") as string,
        Result = Find(job, "result") as string,
        Retired = Find(job, "retired") as string,
    };

    private static TypeShape ReadType(List<KeyValuePair<string, object?>> type, string name)
    {
        if (Find(type, "enum") is { } members)
        {
            return new EnumShape(
                Find(type, "underlying") as string ?? "int32",
                [.. Object(members, name).Select(member => new KeyValuePair<string, decimal>(member.Key, member.Value is decimal number ? number : throw new JsonTextException($"\"{name}\": {member.Key} must be a number")))]);
        }

        return new ObjectShape
        {
            IsAbstract = Find(type, "abstract") is true,
            IsClosed = Find(type, "closed") is true,
            KeepsUnknown = Find(type, "keepsUnknown") is true,
            Discriminator = Find(type, "discriminator") as string,
            Derived = Find(type, "derived") is { } derived
                ? [.. Object(derived, name).Select(one => new KeyValuePair<string, string>(one.Key, one.Value as string ?? throw new JsonTextException($"\"{name}\": {one.Key} must name a type")))]
                : [],
            Members = [.. Object(Find(type, "members"), name).Select(member => new KeyValuePair<string, MemberShape>(member.Key, ReadMember(Object(member.Value, member.Key), name)))],
        };
    }

    private static MemberShape ReadMember(List<KeyValuePair<string, object?>> member, string type) =>
        new(Find(member, "type") as string ?? throw new JsonTextException($"\"{type}\": a member has no type"), Find(member, "required") is true);

    private static object? Find(List<KeyValuePair<string, object?>> value, string name) => value.FirstOrDefault(member => member.Key == name).Value;

    private static List<KeyValuePair<string, object?>> Object(object? value, string what) =>
        value as List<KeyValuePair<string, object?>> ?? throw new JsonTextException($"{what} must be an object");
}
