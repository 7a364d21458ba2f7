using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Hand-written serializer contexts.</summary>
internal static class JsonContextType
{
    /// <summary>Whether it is one, and emitted code can name it.</summary>
    public static bool IsUsable(INamedTypeSymbol type, Compilation compilation)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (FrameworkTypes.IsJsonSerializerContext(current))
            {
                return TypeAccess.CanBeNamed(type, compilation);
            }
        }

        return false;
    }
}
