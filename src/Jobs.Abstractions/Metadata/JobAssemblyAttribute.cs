using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>Names the generated <see cref="JobAssembly"/> of an assembly, for the generators of the applications that reference it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class JobAssemblyAttribute : Attribute
{
    /// <summary>Names the class.</summary>
    /// <param name="typeName">The <c>global::</c>-qualified name of the class.</param>
    public JobAssemblyAttribute(string typeName) => TypeName = typeName;

    /// <summary>The <c>global::</c>-qualified name of the class.</summary>
    public string TypeName { get; }
}
