using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Generator.Tests.Incrementality;

/// <summary>Walks everything that a value holds.</summary>
internal static class ObjectGraph
{
    public static void AssertFreeOfCompiler(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(object Value, string Path)>();
        Push(root, "");
        while (open.TryPop(out var next))
        {
            Assert.False(next.Value is Compilation or ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or SyntaxToken or Location or SemanticModel or MetadataReference, $"{next.Path} is a {next.Value.GetType()}");
            if (next.Value is IEnumerable items and not string)
            {
                foreach (var item in items)
                {
                    Push(item, next.Path + "[]");
                }

                continue;
            }

            foreach (var field in next.Value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                Push(field.GetValue(next.Value), $"{next.Path}.{field.Name}");
            }
        }

        void Push(object? value, string path)
        {
            if (value is not null && !value.GetType().IsPrimitive && value is not (string or Enum) && seen.Add(value))
            {
                open.Push((value, path));
            }
        }
    }
}
