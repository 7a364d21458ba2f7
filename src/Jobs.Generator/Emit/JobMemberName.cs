using System.Text;
using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Names the part of the <c>JobAssembly</c>, and the file, that belongs to one job.</summary>
internal static class JobMemberName
{
    public static string Get(string typeName, EquatableArray<string> clashes) =>
        clashes.Contains(typeName) ? $"{GetPlain(typeName)}_{Hash(typeName):x8}" : GetPlain(typeName);

    public static string GetPlain(string typeName)
    {
        var result = new StringBuilder("Job_", typeName.Length + 4);
        foreach (var character in typeName)
        {
            result.Append(char.IsLetterOrDigit(character) ? character : '_');
        }

        return result.ToString();
    }

    /// <summary>FNV-1a: the same on every machine and in every run.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return hash;
    }
}
