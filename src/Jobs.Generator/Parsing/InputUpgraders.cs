using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Which types can be upgraded to which, by the classes that a compilation declares. Found once per compilation, on first use.</summary>
internal sealed class InputUpgraders
{
    private static readonly ConditionalWeakTable<Compilation, InputUpgraders> s_ofCompilation = new();

    private readonly List<(ITypeSymbol Old, ITypeSymbol New)> _all = [];

    private InputUpgraders(Compilation compilation)
    {
        foreach (var type in DeclaredTypes.Of(compilation.Assembly.GlobalNamespace))
        {
            foreach (var contract in UpgraderParser.InterfacesOf(type))
            {
                _all.Add((contract.TypeArguments[0], contract.TypeArguments[1]));
            }
        }
    }

    /// <summary>Every type that leads to the given one, directly or over others.</summary>
    public static IReadOnlyList<ITypeSymbol> OldTypesOf(ITypeSymbol type, Compilation compilation)
    {
        var upgraders = s_ofCompilation.GetValue(compilation, static c => new InputUpgraders(c));
        var found = new List<ITypeSymbol>();
        var open = new Queue<ITypeSymbol>([type]);
        while (open.Count > 0)
        {
            var target = open.Dequeue();
            foreach (var (old, current) in upgraders._all)
            {
                if (SymbolEqualityComparer.Default.Equals(current, target) && !SymbolEqualityComparer.Default.Equals(old, type) && !found.Contains(old, SymbolEqualityComparer.Default))
                {
                    found.Add(old);
                    open.Enqueue(old);
                }
            }
        }

        return found;
    }
}
