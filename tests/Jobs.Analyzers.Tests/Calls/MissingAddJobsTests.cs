using Jobs.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Analyzers.Tests.Calls;

public class MissingAddJobsTests
{
    private const string Service = """

        public sealed class Mailer($)
        {
            public object Use => client;
        }
        """;

    [Theory]
    [InlineData("var services = new ServiceCollection(); _ = services;", "{|JOB0209:App.JobClient client|}")]
    [InlineData("var services = new ServiceCollection(); {|JOB0209:services.BuildServiceProvider().GetRequiredService<App.JobClient>()|};", "object client")]
    [InlineData("Action<App.JobClient> use = {|JOB0209:client|} => _ = client.Mail; _ = use;", "object client")]
    [InlineData("var services = new ServiceCollection(); services.AddJobs();", "App.JobClient client")]
    [InlineData("var made = new App.JobClient(null!); _ = made;", "App.JobClient client")]
    public async Task A_program_that_asks_for_its_client_registers_it(string statements, string parameter)
    {
        // A parameter is told at its name.
        var service = Service.Replace("$", parameter.Replace("{|JOB0209:App.JobClient client|}", "App.JobClient {|JOB0209:client|}", StringComparison.Ordinal), StringComparison.Ordinal);

        await Analysis.VerifyAsync(CallSite.CreateProgram(statements, service));
    }

    [Fact]
    public Task A_library_is_registered_by_its_program() =>
        Analysis.VerifyAsync(CallSite.CreateProgram("", Service.Replace("$", "App.JobClient client", StringComparison.Ordinal)) with { OutputKind = OutputKind.DynamicallyLinkedLibrary });
}
