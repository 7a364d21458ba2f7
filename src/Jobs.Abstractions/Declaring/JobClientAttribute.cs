namespace Jobs;

/// <summary>Renames the generated client of this assembly, for a library whose <c>JobClient</c> would stand in an application's way.</summary>
/// <remarks>Set the build property <c>JobsClientName</c> to the same name, so that other generators see the renamed class too.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class JobClientAttribute : Attribute
{
    /// <summary>The class name of the generated client. Default: <c>JobClient</c>.</summary>
    public string? Name { get; set; }
}
