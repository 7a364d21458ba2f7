namespace Jobs.Generator.Contracts;

/// <summary>An object as JSON.</summary>
internal sealed record ObjectShape : TypeShape
{
    /// <summary>By the name in JSON, in the order of the declaration.</summary>
    public required IReadOnlyList<KeyValuePair<string, MemberShape>> Members { get; init; }

    /// <summary>Whether there are only objects of derived types.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>Whether a member that it does not know is an error.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether it keeps members that it does not know.</summary>
    public bool KeepsUnknown { get; init; }

    /// <summary>The member that says which derived type it is; null without derived types.</summary>
    public string? Discriminator { get; init; }

    /// <summary>The derived types by their discriminators.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Derived { get; init; } = [];

    public MemberShape? Find(string name) => Members.FirstOrDefault(member => member.Key == name).Value;
}
