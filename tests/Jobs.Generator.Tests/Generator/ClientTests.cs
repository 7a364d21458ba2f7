using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>The files of the whole assembly: client, constants, registration, AddJobs.</summary>
public class ClientTests
{
    private const string Jobs = """
        namespace App;

        public sealed record SendEmailInput(string To);

        /// <summary>
        /// Sends an e-mail with <see cref="SendEmailInput"/> to
        /// one person; <paramref name="sender"/> &amp; co.
        /// </summary>
        [Job("send-email", Queue = "mail", MaxAttempts = 5, Timeout = "30s", Aliases = new[] { "mail", "post" }, Description = "Sends \"it\"")]
        public sealed class SendEmail(object sender) : IJobHandler<SendEmailInput, Guid>
        {
            public ValueTask<Guid> HandleAsync(SendEmailInput input, JobContext context, CancellationToken cancellationToken) => new(new Guid(sender.ToString()!));
        }

        internal sealed record Secret;

        [Job(Description = "Keeps <a> secret & well")]
        internal sealed class KeepSecretHandler : IJobHandler<Secret>
        {
            public ValueTask HandleAsync(Secret input, JobContext context, CancellationToken cancellationToken) => default;
        }
        """;

    [Fact]
    public void The_client_has_a_documented_property_per_job()
    {
        var run = RunClean(Jobs);

        Snapshot.Verify(run.GetFile("JobClient.g.cs"));
    }

    [Fact]
    public void The_registration_lists_the_jobs_for_other_assemblies()
    {
        var run = RunClean(Jobs);

        Snapshot.Verify(run.GetFile("JobAssembly.g.cs"));
    }

    [Fact]
    public void AddJobs_is_emitted_where_the_runtime_is()
    {
        Snapshot.Verify(RunClean("").GetFile("AddJobs.g.cs"));
        Assert.False(TestCompilation.Run("").HasFile("AddJobs.g.cs"));
    }

    [Fact]
    public void An_application_without_jobs_has_an_empty_client()
    {
        var run = RunClean("");

        Assert.Empty(run.GetClientProperties());
        Assert.Equal(["AddJobs.g.cs", "JobAssembly.g.cs", "JobClient.g.cs", "Microsoft.CodeAnalysis.EmbeddedAttribute.cs"], run.FileNames.Order());
    }

    [Fact]
    public void The_stub_for_other_generators_may_be_there() =>
        Assert.Empty(RunClean("namespace App; sealed partial class JobClient;").GetClientProperties());

    [Theory]
    [InlineData("Acme.Web", "Acme.Web.JobClient")]
    [InlineData("my-app.2nd.class", "my_app._2nd.class.JobClient")]
    [InlineData("", "App.JobClient")]
    public void The_client_is_in_the_root_namespace(string rootNamespace, string client)
    {
        var run = TestCompilation.Run(TestCompilation.Create(""), new Dictionary<string, string> { ["build_property.RootNamespace"] = rootNamespace });

        Assert.Empty(run.Diagnostics);
        Assert.NotNull(run.Compilation.Assembly.GetTypeByMetadataName(client));
    }

    [Fact]
    public void Without_a_root_namespace_the_assemblys_name_becomes_one() =>
        Assert.NotNull(TestCompilation.Run("", "1 strange-name.event").Compilation.Assembly.GetTypeByMetadataName("_1_strange_name.event.JobClient"));

    [Fact]
    public void An_attribute_or_a_build_property_renames_the_client_and_its_constants()
    {
        var byAttribute = TestCompilation.Run("[assembly: JobClient(Name = \"MailJobClient\")]");
        var byProperty = TestCompilation.Run(TestCompilation.Create(""), new Dictionary<string, string> { ["build_property.JobsClientName"] = "Mail" });

        Assert.Empty(byAttribute.Diagnostics.Concat(byProperty.Diagnostics));
        Assert.NotNull(byAttribute.Compilation.Assembly.GetTypeByMetadataName("App.MailJobClient"));
        Assert.NotNull(byAttribute.Compilation.Assembly.GetTypeByMetadataName("App.MailJobNames"));
        Assert.NotNull(byProperty.Compilation.Assembly.GetTypeByMetadataName("App.Mail"));
        Assert.NotNull(byProperty.Compilation.Assembly.GetTypeByMetadataName("App.MailNames"));
    }

    [Fact]
    public void A_name_that_is_no_identifier_does_not_rename_the_client() =>
        Assert.NotNull(TestCompilation.Run("[assembly: JobClient(Name = \"no name\")]").Compilation.Assembly.GetTypeByMetadataName("App.JobClient"));

    private static GeneratorRun RunClean(string source)
    {
        var run = TestCompilation.Run(source, references: TestCompilation.Runtime);
        Assert.Empty(run.Diagnostics);
        return run;
    }
}
