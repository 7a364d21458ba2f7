using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Jobs.Metadata;

/// <summary>Words the messages of a <see cref="CompareAttribute"/> whose comparison emitted code has made. Not to be put on members.</summary>
/// <param name="otherProperty">The property that the value should equal.</param>
/// <param name="otherDisplay">How that property is named in messages; null for its own name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
[method: UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only the message is taken; the other property is never looked up.")]
public sealed class JobCompareAttribute(string otherProperty, DisplayAttribute? otherDisplay = null) : CompareAttribute(otherProperty)
{
    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        string.Format(CultureInfo.CurrentCulture, ErrorMessageString, name, otherDisplay?.GetName() ?? OtherProperty);
}
