namespace Jobs.Generator.Emit;

/// <summary>Pieces that all emitted files have in common.</summary>
internal static class EmittedCode
{
    private static readonly string _version = typeof(EmittedCode).Assembly.GetName().Version.ToString(3);

    public static string GeneratedCodeAttribute { get; } = $"[global::System.CodeDom.Compiler.GeneratedCode(\"Jobs.Generator\", \"{_version}\")]";

    public const string HiddenAttribute = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    /// <summary>Lets what follows use symbols that only obsolete code may use.</summary>
    public static SourceWriter ObsoleteIf(this SourceWriter writer, bool isObsolete) =>
        isObsolete ? writer.Line("[global::System.Obsolete(\"It uses what is obsolete.\")]") : writer;

    /// <summary>Writes a summary from XML that may have several lines.</summary>
    public static SourceWriter Summary(this SourceWriter writer, string xml)
    {
        if (!xml.Contains('\n'))
        {
            return writer.Line($"/// <summary>{xml}</summary>");
        }

        writer.Line("/// <summary>");
        foreach (var line in xml.Split('\n'))
        {
            writer.Line("/// " + line);
        }

        return writer.Line("/// </summary>");
    }
}
