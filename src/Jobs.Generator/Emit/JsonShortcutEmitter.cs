using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Emits the class that reads and writes an object of simple shape directly.</summary>
internal static class JsonShortcutEmitter
{
    private const string Reader = "global::System.Text.Json.Utf8JsonReader";
    private const string Writer = "global::System.Text.Json.Utf8JsonWriter";

    public static void Write(SourceWriter writer, JsonTypeModel type, JsonObjectModel model, JsonShortcutModel shortcut)
    {
        var name = type.Identifier + "Shortcut";
        writer.Line();
        writer.Open($"private sealed class {name} : global::Jobs.Metadata.JobJsonShortcut<{type.TypeName}>");
        writer.Line($"public {name}({JsonFile.Metadata}JsonTypeInfo info)");
        writer.Line($"    : base(info, {model.Properties.Count})");
        writer.Open("");
        writer.Close();
        WriteReading(writer, type, model, shortcut);
        WriteWriting(writer, type, model);
        writer.Close();
    }

    private static void WriteReading(SourceWriter writer, JsonTypeModel type, JsonObjectModel model, JsonShortcutModel shortcut)
    {
        writer.Line();
        writer.Open($"protected override bool TryReadObject(ref {Reader} reader, out {type.TypeName} result)");
        writer.Line("result = null;");
        for (var i = 0; i < model.Properties.Count; i++)
        {
            var read = shortcut.Optional.Contains(i) ? "TryReadOptional" : "TryRead";
            writer.Line($"if (!TryReadName(ref reader, {i}) || !{read}(ref reader, out {model.Properties[i].TypeName} member{i})) return false;");
        }

        writer.Line("if (!TryReadEnd(ref reader)) return false;");
        if (shortcut.Assigned.Count == 0)
        {
            writer.Line($"result = {shortcut.Creation};");
        }
        else
        {
            writer.Line($"object target = {shortcut.Creation};");
            foreach (var index in shortcut.Assigned)
            {
                writer.Open("");
                writer.Line($"var value = member{index};");
                writer.Line($"{model.Properties[index].Setter};");
                writer.Close();
            }

            writer.Line($"result = ({type.TypeName})target;");
        }

        writer.Line("return true;");
        writer.Close();
    }

    private static void WriteWriting(SourceWriter writer, JsonTypeModel type, JsonObjectModel model)
    {
        writer.Line();
        writer.Open($"protected override bool TryWriteObject({Writer} writer, {type.TypeName} source)");
        writer.Line("object target = source;");
        for (var i = 0; i < model.Properties.Count; i++)
        {
            writer.Line($"var member{i} = {model.Properties[i].Getter};");
            if (model.Properties[i] is { TypeName: "string", RefusesNullOnWrite: true })
            {
                writer.Line($"if (member{i} is null) return false;");
            }
        }

        writer.Line("writer.WriteStartObject();");
        for (var i = 0; i < model.Properties.Count; i++)
        {
            writer.Line($"writer.{MethodFor(model.Properties[i].TypeName)}(Name({i}), member{i});");
        }

        writer.Line("writer.WriteEndObject();");
        writer.Line("return true;");
        writer.Close();
    }

    private static string MethodFor(string typeName) => typeName switch
    {
        "bool" => "WriteBoolean",
        "string" or "global::System.Guid" or "global::System.DateTime" or "global::System.DateTimeOffset" => "WriteString",
        _ => "WriteNumber",
    };
}
