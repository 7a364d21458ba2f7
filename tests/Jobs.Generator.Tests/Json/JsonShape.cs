namespace Jobs.Generator.Tests.Json;

/// <summary>A shape of type that jobs may have.</summary>
/// <param name="Name">What it shows, as a sentence.</param>
/// <param name="Root">The type as code.</param>
/// <param name="Source">Its declarations.</param>
/// <param name="Json">Texts to read, each with its mutations.</param>
public sealed record JsonShape(string Name, string Root, string Source, params string[] Json)
{
    public override string ToString() => Name;
}
