using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jobs.Metadata;

/// <summary>Rules of the framework's attributes that emitted code cannot state in a line of its own.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobValidationRules
{
    /// <summary>
    /// The number of characters or elements, for the attributes that limit it. The framework finds a <c>Count</c> by reflection;
    /// here the collection interfaces answer.
    /// </summary>
    /// <typeparam name="T">The element, where the declared type says it.</typeparam>
    /// <param name="value">A string or a collection.</param>
    /// <exception cref="InvalidCastException">It is neither; the framework throws the same.</exception>
    public static int CountOf<T>(object value) => value switch
    {
        string text => text.Length,
        ICollection collection => collection.Count,
        ICollection<T> collection => collection.Count,
        IReadOnlyCollection<T> collection => collection.Count,
        null => throw new ArgumentNullException(nameof(value)),
        _ => throw new InvalidCastException($"The field of type {value.GetType()} must be a string, array or ICollection type."),
    };

    /// <summary>
    /// Whether a number is in the range. A number that does not even fit the type of the range's limits is not; there the framework
    /// has no verdict and throws an <see cref="OverflowException"/>.
    /// </summary>
    /// <param name="range">The range.</param>
    /// <param name="value">The value, of another type than the limits.</param>
    public static bool IsInRange(RangeAttribute range, object? value)
    {
        ArgumentNullException.ThrowIfNull(range);
        try
        {
            return range.IsValid(value);
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
