using System.Reflection;

namespace Jobs.StorageBenchmarks;

/// <summary>Versions of what is measured.</summary>
internal static class Versions
{
    /// <summary>The version of the package that a type comes from, without what its build adds.</summary>
    public static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? type.Assembly.GetName().Version!.ToString();
}
