using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Emits types' metadata: members of <c>JobsJson</c> that <see cref="JsonIndexEmitter"/> finds by their names.</summary>
internal static class JsonTypeEmitter
{
    /// <summary>Writes a part of <c>JobsJson</c>. Of a type without metadata it says why.</summary>
    public static void Write(SourceWriter writer, EquatableArray<JsonTypeModel> types)
    {
        writer.Line(JsonFile.WithoutNullableWarnings);
        writer.Open("partial class JobsJson");
        for (var i = 0; i < types.Count; i++)
        {
            if (i > 0)
            {
                writer.Line();
            }

            Write(writer, types[i]);
        }

        writer.Close();
    }

    private static void Write(SourceWriter writer, JsonTypeModel type)
    {
        if (!type.HasMetadata)
        {
            writer.Line($"// {JsonFile.Describe(type.TypeName)} has no metadata: {type.Problem}");
            return;
        }

        writer.Open($"private static {JsonFile.Metadata}JsonTypeInfo {type.Identifier}({JsonFile.Options} options)");
        switch (type.Kind)
        {
            case JsonTypeKind.Value:
                writer.Line($"return {JsonFile.Services}.CreateValueInfo<{type.TypeName}>(options, {type.Converter});");
                break;
            case JsonTypeKind.Collection:
                WriteCollection(writer, type, type.Collection!);
                break;
            default:
                JsonObjectEmitter.WriteInfo(writer, type, type.Object!);
                break;
        }

        writer.Close();
        if (type.Object is { } model)
        {
            JsonObjectEmitter.WriteMembers(writer, type, model);
            if (model.Shortcut is { } shortcut)
            {
                JsonShortcutEmitter.Write(writer, type, model, shortcut);
            }
        }

        JsonAccessorEmitter.Write(writer, type.Accessors);
    }

    private static void WriteCollection(SourceWriter writer, JsonTypeModel type, JsonCollectionModel collection)
    {
        writer.Open($"var values = new {JsonFile.Metadata}JsonCollectionInfoValues<{type.TypeName}>");
        if (collection.Creator is { } creator)
        {
            writer.Line($"ObjectCreator = static () => {creator},");
        }

        if (type.NumberHandling is { } handling)
        {
            writer.Line($"NumberHandling = {handling},");
        }

        writer.Close(";");
        var filler = collection.Filler is null ? "" : ", " + collection.Filler;
        writer.Line($"return {JsonFile.Services}.{collection.Factory}(options, values{filler});");
    }
}
