using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Declarations;

public class JobNamesTests
{
    private const string Handle = "public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;";

    [Theory]
    [InlineData("[Job({|JOB0002:\"\"|})] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[Job({|JOB0002:\"send mail\"|})] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[Job({|JOB0002:name: \"a,b\"|})] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[Job(Aliases = [\"old\", {|JOB0002:\"older name\"|}])] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[Job(Aliases = new[] { {|JOB0002:\"\"|} })] public sealed class Mail : IJobHandler { $ }")]
    public Task A_name_that_cannot_be_one(string source) => VerifyAsync(source.Replace("name: ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("[Job(ClientName = {|JOB0013:\"1st\"|})] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[Job(ClientName = {|JOB0013:\"ToString\"|})] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[Job] public sealed class {|JOB0013:EqualsHandler|} : IJobHandler { $ }")]
    [InlineData("[Job(ClientName = {|JOB0013:\"JobClient\"|})] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[assembly: JobClient(Name = \"Mails\")] [Job] public sealed class {|JOB0013:MailsJob|} : IJobHandler { $ }")]
    public Task A_property_that_cannot_be_one(string source) => VerifyAsync(source);

    [Fact]
    public Task A_contracts_handler_that_renames_the_job() => VerifyAsync("""
        [Job] public interface IMail : IJobContract;
        [Job({|JOB0017:"other"|}, ClientName = {|JOB0017:"Other"|}, Contract = typeof(IMail))] public sealed class MailSender : IJobHandler { $ }
        """);

    [Theory]
    [InlineData("[Job({|JOB0001:\"mail\"|})] public sealed class One : IJobHandler { $ } [Job({|JOB0001:\"mail\"|})] public sealed class Two : IJobHandler { $ }")]
    [InlineData("[Job(\"one\")] public sealed class {|JOB0012:MailJob|} : IJobHandler { $ } [Job(\"two\")] public sealed class {|JOB0012:MailHandler|} : IJobHandler { $ }")]
    [InlineData("[Job] public interface IMail : IJobContract; [Job({|JOB0001:\"mail\"|})] public sealed class Sender : IJobHandler { $ }", "IMail")]
    [InlineData("[Job(Aliases = [{|JOB0011:\"two\"|}])] public sealed class One : IJobHandler { $ } [Job] public sealed class Two : IJobHandler { $ }")]
    [InlineData("[Job(Aliases = [{|JOB0011:\"old\"|}])] public sealed class One : IJobHandler { $ } [Job(Aliases = [{|JOB0011:\"old\"|}])] public sealed class Two : IJobHandler { $ }")]
    public Task Two_jobs_that_claim_one_name(string source, string? alsoAt = null) =>
        VerifyAsync(alsoAt is null ? source : source.Replace($" {alsoAt} ", $" {{|JOB0001:{alsoAt}|}} ", StringComparison.Ordinal));

    [Fact]
    public Task Two_handlers_of_one_contract() => VerifyAsync("""
        [Job] public interface IMail : IJobContract;
        [Job(Contract = typeof(IMail))] public sealed class {|JOB0001:One|} : IJobHandler { $ }
        [Job(Contract = typeof(IMail))] public sealed class {|JOB0001:Two|} : IJobHandler { $ }
        """);

    [Fact]
    public async Task A_name_of_a_referenced_assembly()
    {
        var library = new TestProject(Complete("[Job(\"mail\", Aliases = [\"post\"])] public sealed class SendMail : IJobHandler { $ }")) { AssemblyName = "Library" };
        var source = Complete("""
            [Job({|JOB0001:"mail"|})] public sealed class Mail : IJobHandler { $ }
            [Job("other")] public sealed class {|JOB0012:SendMail|} : IJobHandler { $ }
            [Job(Aliases = [{|JOB0011:"post"|}])] public sealed class Post2 : IJobHandler { $ }
            """);

        var diagnostics = await Analysis.VerifyAsync(new TestProject(source) { References = [library.ToReference()] });

        Assert.Contains(diagnostics, diagnostic => diagnostic.GetMessage(null) == "The job name 'mail' is also that of 'SendMail of Library'");
    }

    [Fact]
    public async Task A_clash_between_two_referenced_assemblies_is_told_to_who_composes_them()
    {
        var one = new TestProject(Complete("[Job] public sealed class Mail : IJobHandler { $ }")) { AssemblyName = "One" }.ToReference();
        var two = new TestProject(Complete("[Job] public sealed class Mail : IJobHandler { $ }")) { AssemblyName = "Two" }.ToReference();

        await Analysis.VerifyAsync(new TestProject("public static class Setup;") { References = [one, two] });
        await Analysis.VerifyAsync(new TestProject("public static class Setup { public static void Go(IServiceCollection services) => services.AddJobs(); }") { References = [one, two] }, "JOB0001", "JOB0001");
    }

    private static string Complete(string source) => source.Replace("$", Handle, StringComparison.Ordinal);

    private static Task VerifyAsync(string source) => Analysis.VerifyAsync(Complete(source));
}
