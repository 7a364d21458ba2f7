using System.IO.Compression;
using System.Xml.Linq;

namespace Jobs.Package.Tests.Feed;

/// <summary>One package, opened.</summary>
internal sealed class PackageFile(ZipArchive archive) : IDisposable
{
    public IReadOnlyList<string> Files { get; } = [.. archive.Entries.Select(entry => entry.FullName)];

    public static PackageFile Open(string path) => new(ZipFile.OpenRead(path));

    public string? ReadAttribute(string element, string attribute) => Metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Attribute(attribute)?.Value;

    public string? Read(string element) => Metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Value;

    /// <summary>The ids of all packages that it depends on, whatever the framework.</summary>
    public IReadOnlyList<string> Dependencies =>
        [.. Metadata.Descendants().Where(child => child.Name.LocalName == "dependency").Select(child => child.Attribute("id")!.Value).Distinct().Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> VersionsOf(string dependency) =>
        [.. Metadata.Descendants().Where(child => child.Attribute("id")?.Value == dependency).Select(child => child.Attribute("version")!.Value).Distinct()];

    public IReadOnlyList<string> FrameworkReferencesOf(string framework) =>
        [.. Metadata.Descendants().Where(child => child.Name.LocalName == "frameworkReference" && child.Parent!.Attribute("targetFramework")?.Value == framework).Select(child => child.Attribute("name")!.Value)];

    public byte[] ReadFile(string path)
    {
        using var stream = archive.GetEntry(path)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private XElement Metadata
    {
        get
        {
            using var stream = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
            return XDocument.Load(stream).Root!.Elements().Single(child => child.Name.LocalName == "metadata");
        }
    }

    public void Dispose() => archive.Dispose();
}
