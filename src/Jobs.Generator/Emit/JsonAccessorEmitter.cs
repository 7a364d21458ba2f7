using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Emits the accessors of members that code can't name.</summary>
internal static class JsonAccessorEmitter
{
    private const string Attribute = JsonFile.Compiler + "UnsafeAccessor";

    public static void Write(SourceWriter writer, EquatableArray<JsonAccessorModel> accessors)
    {
        for (var i = 0; i < accessors.Count; i++)
        {
            if (IsFirstOfHolder(accessors, i))
            {
                WriteHolder(writer, accessors, i);
            }
        }
    }

    private static bool IsFirstOfHolder(EquatableArray<JsonAccessorModel> accessors, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (accessors[i].Holder == accessors[index].Holder)
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteHolder(SourceWriter writer, EquatableArray<JsonAccessorModel> accessors, int first)
    {
        var holder = accessors[first];
        writer.Line();
        writer.Line($"private static class {holder.Holder}");
        foreach (var constraint in holder.Constraints)
        {
            writer.Line("    " + constraint);
        }

        writer.Open("");
        for (var i = first; i < accessors.Count; i++)
        {
            if (accessors[i].Holder == holder.Holder)
            {
                Write(writer, accessors[i]);
            }
        }

        writer.Close();
    }

    private static void Write(SourceWriter writer, JsonAccessorModel accessor)
    {
        var name = accessor.Target is { } target ? $", Name = \"{target}\"" : "";
        writer.Line($"[{Attribute}({Attribute}Kind.{accessor.Kind}{name})]");

        writer.Line($"internal static extern {accessor.Signature};");
    }
}
