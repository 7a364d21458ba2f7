using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Jobs.Package.Tests.Feed;

/// <summary>Which packages there are, and what is in them.</summary>
public sealed class PackageTests(PackageFeed feed)
{
    private static readonly string[] Libraries = ["Jobs.Abstractions", "Jobs.AspNetCore", "Jobs.HealthChecks", "Jobs.Http", "Jobs.PostgreSql", "Jobs.Runtime", "Jobs.Sqlite", "Jobs.Storage.Conformance", "Jobs.Testing"];

    [Fact]
    public void Packing_the_solution_gives_the_product_and_nothing_else()
    {
        string[] expected = ["Jobs", .. Libraries];

        var packages = Directory.EnumerateFiles(feed.Packages, "*.nupkg").Select(Path.GetFileName);

        Assert.Equal(expected.Select(id => $"{id}.{feed.Version}.nupkg").Order(StringComparer.Ordinal), packages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_that_people_install_has_the_generator_and_the_stub_of_the_client_and_no_code()
    {
        using var package = feed.Open("Jobs");

        Assert.Contains("analyzers/dotnet/cs/Jobs.Generator.dll", package.Files);
        Assert.Contains("build/Jobs.props", package.Files);
        Assert.Contains("build/Jobs.targets", package.Files);
        Assert.DoesNotContain(package.Files, file => file.StartsWith("lib/", StringComparison.Ordinal));
        Assert.DoesNotContain(package.Files, file => file.Contains("InRepo", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Jobs", "Jobs.Abstractions", "Jobs.Runtime")]
    [InlineData("Jobs.Abstractions", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions")]
    [InlineData("Jobs.AspNetCore", "Jobs.Abstractions", "Jobs.Http")]
    [InlineData("Jobs.HealthChecks", "Jobs.Abstractions", "Microsoft.Extensions.Diagnostics.HealthChecks")]
    [InlineData("Jobs.Http", "Jobs.Abstractions", "Jobs.Runtime", "Microsoft.Extensions.Http", "System.Net.ServerSentEvents")]
    [InlineData("Jobs.PostgreSql", "Jobs.Abstractions", "Npgsql")]
    [InlineData("Jobs.Runtime", "Jobs.Abstractions", "Microsoft.Extensions.Hosting")]
    [InlineData("Jobs.Sqlite", "Jobs.Abstractions", "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3")]
    [InlineData("Jobs.Storage.Conformance", "Jobs.Abstractions", "Jobs.Testing", "xunit.v3.assert", "xunit.v3.extensibility.core")]
    [InlineData("Jobs.Testing", "Jobs.Abstractions")]
    public void A_package_depends_on_what_its_project_names(string id, params string[] dependencies)
    {
        using var package = feed.Open(id);

        Assert.Equal(dependencies, package.Dependencies);
        Assert.All(dependencies.Where(name => name.StartsWith("Jobs", StringComparison.Ordinal)), name => Assert.Equal([feed.Version], package.VersionsOf(name)));
    }

    [Fact]
    public void Every_package_has_a_licence_a_description_and_a_readme()
    {
        Assert.All(["Jobs", .. Libraries], id =>
        {
            using var package = feed.Open(id);
            Assert.Equal("MIT", package.Read("license"));
            Assert.Equal("README.md", package.Read("readme"));
            Assert.Contains("README.md", package.Files);
            Assert.NotEqual("Package Description", package.Read("description"));
        });
    }

    [Fact]
    public void Every_library_has_documentation_and_symbols_for_each_framework()
    {
        Assert.All(Libraries, id =>
        {
            using var package = feed.Open(id);
            using var symbols = feed.Open(id, "snupkg");
            Assert.All(["net10.0", "net9.0"], framework =>
            {
                Assert.Contains($"lib/{framework}/{id}.dll", package.Files);
                Assert.Contains($"lib/{framework}/{id}.xml", package.Files);
                Assert.Contains($"lib/{framework}/{id}.pdb", symbols.Files);
            });
        });
    }

    [Fact]
    public void The_readme_of_a_package_has_no_link_that_leads_nowhere_outside_of_the_repository()
    {
        Assert.All(["Jobs", .. Libraries], id =>
        {
            using var package = feed.Open(id);
            Assert.DoesNotMatch(@"\]\((?!https?://)", Encoding.UTF8.GetString(package.ReadFile("README.md")));
        });
    }

    [Fact]
    public void The_same_sources_give_the_same_library_and_its_symbols_belong_to_it()
    {
        Assert.All(Libraries, id =>
        {
            using var package = feed.Open(id);
            using var symbols = feed.Open(id, "snupkg");
            using var library = new PEReader(new MemoryStream(package.ReadFile($"lib/net10.0/{id}.dll")));
            var entries = library.ReadDebugDirectory();
            Assert.Contains(entries, static entry => entry.Type == DebugDirectoryEntryType.Reproducible);

            var expected = library.ReadCodeViewDebugDirectoryData(entries.Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView)).Guid;
            using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols.ReadFile($"lib/net10.0/{id}.pdb")));
            Assert.Equal(expected, new BlobContentId(pdb.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
        });
    }

    [Theory]
    [InlineData("net10.0")]
    [InlineData("net9.0")]
    public void What_serves_http_names_the_framework_that_it_needs(string framework)
    {
        using var package = feed.Open("Jobs.AspNetCore");

        Assert.Equal(["Microsoft.AspNetCore.App"], package.FrameworkReferencesOf(framework));
    }
}
