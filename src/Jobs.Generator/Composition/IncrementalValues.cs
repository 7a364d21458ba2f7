using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Composition;

/// <summary>Steps that the pipeline uses more than once.</summary>
internal static class IncrementalValues
{
    public static IncrementalValuesProvider<T> WhereNotNull<T>(this IncrementalValuesProvider<T?> values)
        where T : class => values.Where(static value => value is not null).Select(static (value, _) => value!);
}
