using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>What an editor shows for a property of the client, read as an editor reads it.</summary>
public class DocumentationTests
{
    private const string Handle = "public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;";

    [Theory]
    [InlineData("[Job(\"work\", Queue = \"mail\", MaxAttempts = 1, Timeout = \"30s\")]", "Job work, queue mail, 1 attempt, timeout 30s; handled by .")]
    [InlineData("[Job]", "Job work; by default queue default, 3 attempts, no timeout; handled by .")]
    [InlineData("[Job(MaxAttempts = 5)]", "Job work, 5 attempts; by default queue default, no timeout; handled by .")]
    [InlineData("[Job(Cron = \"0 2 * * *\", TimeZone = \"Europe/Berlin\")]", "Job work; by default queue default, 3 attempts, no timeout; scheduled 0 2 * * * (Europe/Berlin); handled by .")]
    [InlineData("[Job, JobSchedule(\"a\", \"@daily\"), JobSchedule(\"b\", \"every <minute>\", TimeZone = \"Asia/Tokyo\")]", "Job work; by default queue default, 3 attempts, no timeout; scheduled @daily (UTC by default), every <minute> (Asia/Tokyo); handled by .")]
    public void A_property_says_what_is_fixed_what_is_a_default_and_when_the_job_runs(string attribute, string facts)
    {
        var run = Run($"/// <summary>Works, and &lt;rests&gt;.</summary>\n{attribute} public sealed class Work : IJobHandler {{ {Handle} }}");

        var summary = GetSummary(run, "Work");
        Assert.Equal("Works, and <rests>.", summary.Nodes().OfType<XText>().First().Value.Trim());
        Assert.Equal(facts, summary.Element("para")!.Value);
    }

    [Fact]
    public void A_contract_tells_its_own_schedule()
    {
        var run = Run("/// <summary>Works.</summary>\n[Job(Cron = \"@hourly\")] public interface IWork : IJobContract;");

        Assert.Equal("Job work; by default queue default, 3 attempts, no timeout; scheduled @hourly (UTC by default); declared by .", GetSummary(run, "Work").Element("para")!.Value);
    }

    [Theory]
    [InlineData("SendEmail")]
    [InlineData("SendLetterHandler", "SendLetter")]
    public void A_property_leads_to_the_handler_and_is_renamed_with_it(string handler, string? property = null)
    {
        var run = Run($"namespace Post {{ [Job] public sealed class {handler} : IJobHandler {{ {Handle} }} }}");

        Assert.Equal([property ?? handler], run.GetClientProperties());
        var target = GetSummary(run, property ?? handler).Descendants("see").Single().Attribute("cref")!.Value;
        var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(target, run.Compilation);
        Assert.Equal(run.Compilation.GetTypeByMetadataName("Post." + handler), symbol, SymbolEqualityComparer.Default);
    }

    [Fact]
    public void A_referenced_jobs_property_says_the_same()
    {
        var library = TestCompilation.Run($"/// <summary>Works.</summary>\n[Job(Cron = \"@daily\")] public sealed class Work : IJobHandler {{ {Handle} }}", "Library", TestCompilation.Runtime);

        var run = TestCompilation.Run("", "App", library.ToReference(), TestCompilation.Runtime);

        Assert.Equal(GetSummary(library, "Work", "Library.JobClient").Value, GetSummary(run, "Work").Value);
    }

    private static GeneratorRun Run(string source)
    {
        var run = TestCompilation.Run(source, references: TestCompilation.Runtime);
        Assert.Empty(run.Diagnostics);
        return run;
    }

    private static XElement GetSummary(GeneratorRun run, string property, string client = "App.JobClient") => XElement.Parse(
        run.Compilation.GetTypeByMetadataName(client)!.GetMembers(property).Single().GetDocumentationCommentXml(cancellationToken: TestContext.Current.CancellationToken)!).Element("summary")!;
}
