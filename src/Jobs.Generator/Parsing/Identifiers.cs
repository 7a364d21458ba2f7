using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Parsing;

/// <summary>Turns names into identifiers.</summary>
internal static class Identifiers
{
    /// <summary>Puts an <c>@</c> before a keyword.</summary>
    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(identifier) != SyntaxKind.None ? "@" + identifier : identifier;

    /// <summary>A namespace out of whatever a project or an assembly is called.</summary>
    public static string ToNamespace(string name) => string.Join(".", name.Split(['.'], StringSplitOptions.RemoveEmptyEntries).Select(static part => Escape(ToIdentifier(part))));

    /// <summary>One identifier, in which everything that cannot be in one is an underscore.</summary>
    public static string ToIdentifier(string name)
    {
        var result = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(name[0]) && SyntaxFacts.IsIdentifierPartCharacter(name[0]))
        {
            result.Append('_');
        }

        foreach (var character in name)
        {
            result.Append(SyntaxFacts.IsIdentifierPartCharacter(character) ? character : '_');
        }

        return result.ToString();
    }
}
