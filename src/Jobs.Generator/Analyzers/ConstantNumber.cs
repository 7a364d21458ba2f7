using System.Globalization;

namespace Jobs.Generator.Analyzers;

/// <summary>Constants of the numeric types.</summary>
internal static class ConstantNumber
{
    /// <summary>Null for what is no number.</summary>
    public static double? ToDouble(object constant) => constant is sbyte or byte or short or ushort or int or uint or long or ulong or float or double
        ? ((IConvertible)constant).ToDouble(CultureInfo.InvariantCulture)
        : null;
}
