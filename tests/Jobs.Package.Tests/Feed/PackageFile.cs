using System.IO.Compression;
using System.Xml.Linq;

namespace Jobs.Package.Tests.Feed;

/// <summary>One package, opened.</summary>
internal sealed class PackageFile(ZipArchive archive) : IDisposable
{
    public IReadOnlyList<string> Files { get; } = [.. archive.Entries.Select(entry => entry.FullName)];

    public string? Read(string element) => Metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Value;

    /// <summary>The ids of all packages that it depends on, whatever the framework.</summary>
    public IReadOnlyList<string> Dependencies =>
        [.. Metadata.Descendants().Where(child => child.Name.LocalName == "dependency").Select(child => child.Attribute("id")!.Value).Distinct().Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> VersionsOf(string dependency) =>
        [.. Metadata.Descendants().Where(child => child.Attribute("id")?.Value == dependency).Select(child => child.Attribute("version")!.Value).Distinct()];

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
