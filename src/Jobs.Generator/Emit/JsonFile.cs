using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>What the files with JSON metadata have in common.</summary>
internal static class JsonFile
{
    public const string Metadata = "global::System.Text.Json.Serialization.Metadata.";
    public const string Services = Metadata + "JsonMetadataServices";
    public const string Options = "global::System.Text.Json.JsonSerializerOptions";

    public static SourceWriter Start(string containingNamespace, EquatableArray<string> suppressedDiagnostics)
    {
        var writer = SourceWriter.StartFile(suppressedDiagnostics);

        // A member's type is named without the annotations of the types within it, which do not exist at run time.
        writer.Line("#nullable disable warnings");
        writer.Line();
        if (containingNamespace.Length > 0)
        {
            writer.Line($"namespace {containingNamespace};");
            writer.Line();
        }

        return writer;
    }

    public static string Describe(string typeName) => typeName.Replace("global::", "");

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
