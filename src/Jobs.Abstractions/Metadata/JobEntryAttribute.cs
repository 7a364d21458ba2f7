using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>
/// Lists one job of an assembly. Everything is text, so that a referencing generator reads it from metadata alone, without
/// binding a type and once per reference.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class JobEntryAttribute : Attribute
{
    /// <summary>Lists a job.</summary>
    /// <param name="name">The stored name.</param>
    /// <param name="clientName">The property on the client.</param>
    /// <param name="clientType">The <c>global::</c>-qualified client interface, such as <c>global::Jobs.IJobClient&lt;…&gt;</c>.</param>
    /// <param name="flags">Letters: <c>p</c> the client's types are public; <c>c</c> a contract; <c>h</c> a handler of a contract declared elsewhere; <c>o</c> the client's types are obsolete, and using them is an error.</param>
    /// <param name="summary">The summary for the client's property; may be empty.</param>
    /// <param name="aliases">Former stored names, separated by a line feed; may be empty.</param>
    /// <param name="diagnostics">Ids that any use of the client's types causes, such as those of experimental types, separated by a line feed; may be empty.</param>
    public JobEntryAttribute(string name, string clientName, string clientType, string flags, string summary, string aliases, string diagnostics)
    {
        Name = name;
        ClientName = clientName;
        ClientType = clientType;
        Flags = flags;
        Summary = summary;
        Aliases = aliases;
        Diagnostics = diagnostics;
    }

    /// <summary>The stored name.</summary>
    public string Name { get; }

    /// <summary>The property on the client.</summary>
    public string ClientName { get; }

    /// <summary>The client interface.</summary>
    public string ClientType { get; }

    /// <summary>What kind of entry it is.</summary>
    public string Flags { get; }

    /// <summary>The summary for the client's property.</summary>
    public string Summary { get; }

    /// <summary>Former stored names.</summary>
    public string Aliases { get; }

    /// <summary>Ids that any use of the client's types causes.</summary>
    public string Diagnostics { get; }
}
