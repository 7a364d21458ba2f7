namespace Jobs.Generator.Emit;

/// <summary>What pieces of JSON metadata have in common.</summary>
internal static class JsonFile
{
    public const string Metadata = "global::System.Text.Json.Serialization.Metadata.";
    public const string Services = Metadata + "JsonMetadataServices";
    public const string Options = "global::System.Text.Json.JsonSerializerOptions";

    /// <summary>A member's type is named without the annotations of the types within it, which do not exist at run time.</summary>
    public const string WithoutNullableWarnings = "#nullable disable warnings";

    public static string Describe(string typeName) => typeName.Replace("global::", "");

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
