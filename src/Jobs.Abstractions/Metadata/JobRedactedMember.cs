using System.ComponentModel;
using System.Reflection;

namespace Jobs.Metadata;

/// <summary>What generated metadata says of a member with <see cref="RedactedAttribute"/>, so that nobody has to look at the member itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JobRedactedMember : ICustomAttributeProvider
{
    private static readonly object[] _attributes = [new RedactedAttribute()];

    private JobRedactedMember()
    {
    }

    /// <summary>The only one.</summary>
    public static JobRedactedMember Instance { get; } = new();

    /// <inheritdoc/>
    public object[] GetCustomAttributes(bool inherit) => [.. _attributes];

    /// <inheritdoc/>
    public object[] GetCustomAttributes(Type attributeType, bool inherit) => IsDefined(attributeType, inherit) ? [.. _attributes] : [];

    /// <inheritdoc/>
    public bool IsDefined(Type attributeType, bool inherit)
    {
        ArgumentNullException.ThrowIfNull(attributeType);
        return attributeType.IsAssignableFrom(typeof(RedactedAttribute));
    }
}
