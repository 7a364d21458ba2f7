namespace Jobs.Generator.Emit;

/// <summary>What pieces of JSON metadata have in common.</summary>
internal static class JsonFile
{
    /// <summary>
    /// The aliases of the two namespaces that are named most, which a file begins with. Where a name follows <c>::</c> nothing but an alias
    /// is looked for, so no declaration of the application's can come between.
    /// </summary>
    public const string Aliases = "using JobsCompiler = global::System.Runtime.CompilerServices;\nusing JobsMetadata = global::System.Text.Json.Serialization.Metadata;";

    public const string Compiler = "JobsCompiler::";
    public const string Metadata = "JobsMetadata::";
    public const string Services = Metadata + "JsonMetadataServices";
    public const string Options = "global::System.Text.Json.JsonSerializerOptions";

    /// <summary>A member's type is named without the annotations of the types within it, which do not exist at run time.</summary>
    public const string WithoutNullableWarnings = "#nullable disable warnings";

    public static string Describe(string typeName) => typeName.Replace("global::", "");
}
