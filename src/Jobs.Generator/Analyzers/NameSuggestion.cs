using System.Text;
using Jobs.Generator.Parsing;

namespace Jobs.Generator.Analyzers;

/// <summary>The nearest name that can be one.</summary>
internal static class NameSuggestion
{
    /// <summary>In kebab case, as names are by default; null when nothing is left of it.</summary>
    public static string? For(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var character in KebabCase.Convert(name))
        {
            if (JobIdentifierText.CheckJobName(character.ToString()) is null)
            {
                result.Append(character);
            }
            else if (result.Length > 0 && result[result.Length - 1] != '-')
            {
                result.Append('-');
            }
        }

        var text = result.ToString().Trim('-');
        return JobIdentifierText.CheckJobName(text) is null ? text : null;
    }
}
