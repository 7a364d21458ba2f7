using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>Jobs of several assemblies in one client and one AddJobs.</summary>
public class CompositionTests
{
    private const string Mail = """
        namespace Acme.Mail
        {
            public sealed record SendEmailInput(string To);
            internal sealed record SpamInput(int Count);

            [Job] internal sealed class SendEmailHandler : IJobHandler<SendEmailInput> { public ValueTask HandleAsync(SendEmailInput input, JobContext context, CancellationToken cancellationToken) => default; }
            [Job] internal sealed class CheckSpam : IJobHandler<SpamInput> { public ValueTask HandleAsync(SpamInput input, JobContext context, CancellationToken cancellationToken) => default; }
        }
        """;

    private const string Report = """
        namespace Acme.Reports
        {
            /// <summary>Makes a report.</summary>
            [Job] public sealed class MakeReport : IJobHandler { public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }
        }
        """;

    private const string UseAddJobs = """
        namespace App
        {
            using Microsoft.Extensions.DependencyInjection;
            public static class Startup { public static void Configure(IServiceCollection services) => services.AddJobs(jobs => jobs.ClientOnly()); }
        }
        """;

    public static TheoryData<bool> AsCompiledOrAsSource => [false, true];

    [Theory]
    [MemberData(nameof(AsCompiledOrAsSource))]
    public void An_application_composes_the_public_jobs_of_its_references(bool asSource)
    {
        var mail = Reference(TestCompilation.Run(Mail, "Acme.Mail", TestCompilation.Runtime), asSource);
        var reports = Reference(TestCompilation.Run(Report, "Acme.Reports", TestCompilation.Runtime), asSource);

        var run = TestCompilation.Run(UseAddJobs, "App", reports, mail, TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["MakeReport", "SendEmail"], run.GetClientProperties());
        Assert.Contains("<summary>\n    /// Makes a report.", run.GetFile("JobClient.g.cs"), StringComparison.Ordinal);
        Assert.Equal(
            ["new global::App.AppJobAssembly(),", "new global::Acme.Mail.Acme_MailJobAssembly(),", "new global::Acme.Reports.Acme_ReportsJobAssembly(),"],
            run.GetFile("AddJobs.g.cs").Split('\n').Select(line => line.Trim()).Where(line => line.EndsWith("JobAssembly(),", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(AsCompiledOrAsSource))]
    public void With_InternalsVisibleTo_the_internal_jobs_are_there_too_and_AddJobs_stays_unambiguous(bool asSource)
    {
        var mail = Reference(TestCompilation.Run("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App\")]\n" + Mail, "Acme.Mail", TestCompilation.Runtime), asSource);

        var run = TestCompilation.Run(UseAddJobs, "App", mail, TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["CheckSpam", "SendEmail"], run.GetClientProperties());
        Assert.Contains("internal global::Jobs.IJobClient<global::Acme.Mail.SpamInput> CheckSpam", run.GetFile("JobClient.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_assemblies_in_a_row_are_composed_wherever_they_are_seen()
    {
        var mail = TestCompilation.Run("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Acme.Reports\")]\n" + Mail, "Acme.Mail", TestCompilation.Runtime).ToReference();
        var reports = TestCompilation.Run(Report, "Acme.Reports", mail, TestCompilation.Runtime);

        var run = TestCompilation.Run(UseAddJobs, "App", mail, reports.ToReference(), TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["CheckSpam", "MakeReport", "SendEmail"], reports.GetClientProperties("Acme.Reports.JobClient"));
        Assert.Equal(["MakeReport", "SendEmail"], run.GetClientProperties());
    }

    [Theory]
    [MemberData(nameof(AsCompiledOrAsSource))]
    public void A_library_that_is_referenced_by_two_others_and_twice_itself_gives_its_jobs_once(bool asSource)
    {
        var library = Reference(TestCompilation.Run(Mail, "Acme.Mail", TestCompilation.Runtime), asSource);
        var reports = Reference(TestCompilation.Run(Report, "Acme.Reports", library, TestCompilation.Runtime), asSource);
        var letters = Reference(TestCompilation.Run(Report.Replace("Report", "Letter", StringComparison.Ordinal), "Acme.Letters", library, TestCompilation.Runtime), asSource);

        var run = TestCompilation.Run(UseAddJobs, "App", library, library, reports, letters, TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["MakeLetter", "MakeReport", "SendEmail"], run.GetClientProperties());
        Assert.Single(run.GetFile("AddJobs.g.cs").Split('\n'), line => line.Contains("Acme_MailJobAssembly()", StringComparison.Ordinal));
    }

    [Fact]
    public void An_own_job_has_its_property_before_a_referenced_one()
    {
        var mail = TestCompilation.Run(Mail, "Acme.Mail", TestCompilation.Runtime).ToReference();

        var run = TestCompilation.Run("namespace App { [Job(\"own\")] public interface ISendEmail : IJobContract; }", "App", mail, TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Contains("SendEmail = provider.Get(\"own\")", run.GetFile("JobClient.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_that_is_only_reached_by_an_alias_is_left_out()
    {
        var mail = TestCompilation.Run(Mail, "Acme.Mail", TestCompilation.Runtime).ToReference().WithAliases(["mail"]);

        var run = TestCompilation.Run(UseAddJobs, "App", mail, TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.GetClientProperties());
    }

    [Fact]
    public void Assemblies_that_share_a_root_namespace_have_registrations_of_their_own()
    {
        var properties = new Dictionary<string, string> { ["build_property.RootNamespace"] = "Acme" };
        var mail = TestCompilation.Run(TestCompilation.Create("[assembly: JobClient(Name = \"MailJobClient\")]\n" + Mail, "Acme.Mail", TestCompilation.Runtime), properties).ToReference();

        var run = TestCompilation.Run(TestCompilation.Create(UseAddJobs, "App", mail, TestCompilation.Runtime), properties);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["SendEmail"], run.GetClientProperties("Acme.JobClient"));
    }

    [Fact]
    public void Friends_that_share_a_root_namespace_do_not_mistake_each_others_emitted_classes()
    {
        var properties = new Dictionary<string, string> { ["build_property.RootNamespace"] = "Acme" };
        const string Attributes = "[assembly: JobClient(Name = \"MailJobClient\")] [assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App\")]\n";
        var mail = TestCompilation.Run(TestCompilation.Create(Attributes + Mail, "Acme.Mail", TestCompilation.Runtime), properties).ToReference();

        var run = TestCompilation.Run(TestCompilation.Create(UseAddJobs + Mail.Replace("Acme.Mail", "App", StringComparison.Ordinal), "App", mail, TestCompilation.Runtime), properties);

        Assert.Empty(run.Diagnostics);
    }

    private static MetadataReference Reference(GeneratorRun run, bool asSource) => asSource ? run.Compilation.ToMetadataReference() : run.ToReference();
}
