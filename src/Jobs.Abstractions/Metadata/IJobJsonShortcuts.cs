using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Metadata;

/// <summary>What a resolver with generated metadata offers besides: shortcuts for types of simple shape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJobJsonShortcuts
{
    /// <summary>The <see cref="JobJsonShortcut{T}"/> of a type; null when it has none.</summary>
    /// <param name="info">The type's metadata.</param>
    object? FindShortcut(JsonTypeInfo info);
}
