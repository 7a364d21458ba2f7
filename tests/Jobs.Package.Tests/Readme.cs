namespace Jobs.Package.Tests;

/// <summary>The program that README.md shows, so that what it shows keeps compiling and running.</summary>
internal static class Readme
{
    private const string FirstDeclaration = "public sealed record ";

    /// <summary>"The smallest complete program".</summary>
    public static string Program { get; } = Extract();

    /// <summary>What it declares below its statements: the job and its types.</summary>
    public static string Declarations =>
        "using System.ComponentModel.DataAnnotations;\nusing Jobs;\n\n" + Program[Program.IndexOf(FirstDeclaration, StringComparison.Ordinal)..];

    private static string Extract()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var section = readme[readme.IndexOf("## The smallest complete program", StringComparison.Ordinal)..];
        var code = section[(section.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length)..];
        return code[..code.IndexOf("```", StringComparison.Ordinal)];
    }
}
