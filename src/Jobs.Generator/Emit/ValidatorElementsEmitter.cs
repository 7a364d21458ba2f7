using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Writes the loop over the elements of a collection or the values of a dictionary.</summary>
internal static class ValidatorElementsEmitter
{
    public static void Emit(SourceWriter writer, ValidatedElementsModel elements)
    {
        var source = elements.EnumerateAs is { } view ? $"({view})value" : "value";
        switch (elements.Access)
        {
            case ValidatedElementsAccess.Length:
            case ValidatedElementsAccess.ImmutableArray:
            case ValidatedElementsAccess.Count:
                var count = elements.Access == ValidatedElementsAccess.Count ? "value.Count"
                    : elements.Access == ValidatedElementsAccess.ImmutableArray ? "(value.IsDefault ? 0 : value.Length)" : "value.Length";
                writer.Open($"for (var i = 0; i < {count}; i++)");
                EmitElement(writer, elements, "value[i]", "errors.Prefix(start, i);");
                writer.Close();
                break;

            case ValidatedElementsAccess.Dictionary:
                writer.Open($"foreach (var pair in {source})");
                EmitElement(writer, elements, "pair.Value", "errors.PrefixKey(start, pair.Key);");
                writer.Close();
                break;

            default:
                writer.Line("var index = 0;");
                writer.Open($"foreach (var item in {source})");
                EmitElement(writer, elements, "item", "errors.Prefix(start, index);");
                writer.Line();
                writer.Line("index++;");
                writer.Close();
                break;
        }
    }

    private static void EmitElement(SourceWriter writer, ValidatedElementsModel elements, string element, string prefix)
    {
        writer.Open($"if ({element} is {{ }} element)");
        writer.Line("var start = errors.Count;");
        ValidatorEmitter.EmitMissing(writer, elements.MissingElements, "\"\"", "\"\"", "element");
        if (elements.Nested is { } nested)
        {
            writer.Line($"Check_{nested}(element, ref errors);");
        }

        writer.Line(prefix);
        writer.Close();
    }
}
