using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Reads <c>InternalsVisibleTo</c>, whose text is an assembly's name with perhaps a key.</summary>
internal static class FriendAssemblies
{
    /// <summary>Whether one of the texts means the assembly.</summary>
    /// <param name="friends">The texts.</param>
    /// <param name="name">The assembly's name.</param>
    /// <param name="publicKey">Its key in hexadecimal; may be empty.</param>
    public static bool Include(IEnumerable<string> friends, string name, string publicKey)
    {
        foreach (var friend in friends)
        {
            if (AssemblyIdentity.TryParseDisplayName(friend, out var identity)
                && string.Equals(identity.Name, name, StringComparison.OrdinalIgnoreCase)
                && ToText(identity.PublicKey) == publicKey)
            {
                return true;
            }
        }

        return false;
    }

    public static string ToText(ImmutableArray<byte> publicKey) =>
        publicKey.IsDefaultOrEmpty ? "" : BitConverter.ToString(publicKey.ToArray()).Replace("-", "");
}
