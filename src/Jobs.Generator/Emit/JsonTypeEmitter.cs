using Jobs.Generator.Models;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.Emit;

/// <summary>Emits one file per type with its metadata: members of <c>JobsJson</c> that <see cref="JsonIndexEmitter"/> finds by their names.</summary>
internal static class JsonTypeEmitter
{
    public static string HintName(JsonTypeModel type) => $"JobsJson.{type.Identifier}.g.cs";

    /// <param name="type">The type; one without metadata gives a file that says why.</param>
    /// <param name="containingNamespace">The namespace of <c>JobsJson</c>; empty for the global one.</param>
    public static SourceText Emit(JsonTypeModel type, string containingNamespace)
    {
        var writer = JsonFile.Start(containingNamespace, type.SuppressedDiagnostics);
        if (!type.HasMetadata)
        {
            writer.Line($"// {JsonFile.Describe(type.TypeName)} has no metadata: {type.Problem}");
            return writer.ToSourceText();
        }

        writer.Open("internal sealed partial class JobsJson");
        writer.Line($"/// <summary>The metadata of <c>{JsonFile.Escape(JsonFile.Describe(type.TypeName))}</c>.</summary>");
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
        writer.Close();
        return writer.ToSourceText();
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
