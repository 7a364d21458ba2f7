using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Emits the accessors of members that code can't name.</summary>
internal static class JsonAccessorEmitter
{
    private const string Attribute = "global::System.Runtime.CompilerServices.UnsafeAccessor";

    public static void Write(SourceWriter writer, EquatableArray<JsonAccessorModel> accessors)
    {
        foreach (var holder in accessors.GroupBy(static accessor => accessor.Holder, StringComparer.Ordinal))
        {
            writer.Line();
            writer.Line($"private static class {holder.Key}");
            foreach (var constraint in holder.First().Constraints)
            {
                writer.Line("    " + constraint);
            }

            writer.Open("");
            foreach (var accessor in holder)
            {
                writer.Line(accessor.Target is { } target && !accessor.Signature.Contains($" {target}(")
                    ? $"[{Attribute}({Attribute}Kind.{accessor.Kind}, Name = \"{target}\")]"
                    : $"[{Attribute}({Attribute}Kind.{accessor.Kind})]");
                writer.Line($"internal static extern {accessor.Signature};");
            }

            writer.Close();
        }
    }
}
