using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>Contracts without their handlers, and handlers that name their contract.</summary>
public class ContractTests
{
    private const string Contract = """
        namespace Shop.Contracts
        {
            public sealed record SendEmailInput(string To);

            /// <summary>Sends an e-mail.</summary>
            [Job("send-email", Queue = "mail", MaxAttempts = 5)]
            public interface ISendEmail : IJobContract<SendEmailInput, Guid>;
        }
        """;

    private const string Handler = """
        namespace Worker
        {
            [Job("ignored", ClientName = "Ignored", Contract = typeof(Shop.Contracts.ISendEmail), MaxConcurrency = 2)]
            internal sealed class MailSender : IJobHandler<Shop.Contracts.SendEmailInput, Guid>
            {
                public ValueTask<Guid> HandleAsync(Shop.Contracts.SendEmailInput input, JobContext context, CancellationToken cancellationToken) => default;
            }
        }
        """;

    [Fact]
    public void A_contract_has_a_descriptor_that_cannot_run()
    {
        var run = TestCompilation.Run(Contract);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["SendEmail"], run.GetClientProperties());
        Snapshot.Verify(run.GetFile("Job_Shop_Contracts_ISendEmail.g.cs"));
    }

    [Fact]
    public void A_handler_takes_name_defaults_and_client_from_a_contract_in_another_assembly()
    {
        var contracts = TestCompilation.Run(Contract, "Contracts").ToReference();

        var run = TestCompilation.Run(Handler, "App", contracts, TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["SendEmail"], run.GetClientProperties());
        Snapshot.Verify(run.GetFile("Job_Worker_MailSender.g.cs"));
    }

    [Fact]
    public void A_contract_and_its_handler_in_one_assembly_are_one_property()
    {
        var run = TestCompilation.Run(Contract + Handler, references: TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["SendEmail"], run.GetClientProperties());
    }

    [Fact]
    public void A_contract_that_was_compiled_without_the_generator_still_gives_the_client()
    {
        var contracts = new GeneratorRun(TestCompilation.Create(Contract, "Contracts"), null!).ToReference();

        var run = TestCompilation.Run(Handler, "App", contracts, TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["SendEmail"], run.GetClientProperties());
    }

    [Theory]
    [InlineData("IJobHandler<string, Guid>", "public ValueTask<Guid> HandleAsync(string input, JobContext context, CancellationToken cancellationToken) => default;", "Shop.Contracts.ISendEmail")]
    [InlineData("IJobHandler<Shop.Contracts.SendEmailInput>", "public ValueTask HandleAsync(Shop.Contracts.SendEmailInput input, JobContext context, CancellationToken cancellationToken) => default;", "Shop.Contracts.ISendEmail")]
    [InlineData("IJobHandler", "public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;", "IDisposable")]
    public void A_handler_that_does_not_match_its_contract_is_not_called(string handlerInterface, string method, string contract)
    {
        var run = TestCompilation.Run($$"""
            {{Contract}}
            namespace Worker
            {
                [Job(Contract = typeof({{contract}}))]
                public sealed class MailSender : {{handlerInterface}} { {{method}} }
            }
            """, references: TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.DoesNotContain("Invoke = ", run.GetFile("Job_Worker_MailSender.g.cs"), StringComparison.Ordinal);
        Assert.Contains("SendEmail", run.GetClientProperties());
    }
}
