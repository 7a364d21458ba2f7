using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Jobs.Metadata;

/// <summary>
/// A <see cref="RangeAttribute"/> with limits given as text. The framework looks up the converter of the limits' type by reflection;
/// here emitted code names it. Not to be put on members.
/// </summary>
/// <param name="type">The type of the limits.</param>
/// <param name="minimum">The lower limit.</param>
/// <param name="maximum">The upper limit.</param>
/// <param name="converter">Converts text to limits, and values of other types.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class JobRangeAttribute(Type type, string minimum, string maximum, TypeConverter converter) : RangeAttribute(0, 0)
{
    // One reference, because attributes are shared by threads.
    private Tuple<IComparable, IComparable>? _limits;

    // The limits are read when first needed, in the culture of that moment, and then kept: as the framework does.
    private Tuple<IComparable, IComparable> Limits => _limits ??= ReadLimits();

    /// <inheritdoc/>
    public override bool IsValid(object? value)
    {
        var (lower, upper) = Limits;
        if (value is null or string { Length: 0 })
        {
            return true;
        }

        object? converted;
        try
        {
            converted = value.GetType() == type ? value
                : ConvertValueInInvariantCulture ? converter.ConvertFrom(null, CultureInfo.InvariantCulture, value)
                : converter.ConvertFrom(value);
        }
        // The framework lets the last two escape; a value that cannot be one of the range's is not in it.
        catch (Exception exception) when (exception is FormatException or InvalidCastException or NotSupportedException or ArgumentException or OverflowException)
        {
            return false;
        }

        return IsBetween(lower.CompareTo(converted), upper.CompareTo(converted));
    }

    /// <summary>Whether a value of the limits' own type is in the range; without boxing it.</summary>
    /// <typeparam name="T">The type of the limits.</typeparam>
    /// <param name="value">The value.</param>
    public bool Allows<T>(T value)
        where T : struct, IComparable<T>
    {
        var (lower, upper) = Limits;
        return IsBetween(((T)lower).CompareTo(value), ((T)upper).CompareTo(value));
    }

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name)
    {
        var (lower, upper) = Limits;
        return string.Format(CultureInfo.CurrentCulture, ErrorMessageString, name, lower, upper);
    }

    private bool IsBetween(int lower, int upper) =>
        (MinimumIsExclusive ? lower < 0 : lower <= 0) && (MaximumIsExclusive ? upper > 0 : upper >= 0);

    private Tuple<IComparable, IComparable> ReadLimits()
    {
        var lower = Read(minimum);
        var upper = Read(maximum);
        var order = lower.CompareTo(upper);
        if (order > 0)
        {
            throw new InvalidOperationException($"The maximum value '{upper}' must be greater than or equal to the minimum value '{lower}'.");
        }

        if (order == 0 && (MinimumIsExclusive || MaximumIsExclusive))
        {
            throw new InvalidOperationException("Cannot use exclusive bounds when the maximum value is equal to the minimum value.");
        }

        return Tuple.Create(lower, upper);
    }

    private IComparable Read(string text) =>
        (ParseLimitsInInvariantCulture ? converter.ConvertFromInvariantString(text) : converter.ConvertFromString(text)) as IComparable
        ?? throw new InvalidOperationException($"The type {type} must implement IComparable.");
}
