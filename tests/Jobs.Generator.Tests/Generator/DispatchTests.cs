using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>One handler at a time: how it is built, called and disposed.</summary>
public class DispatchTests
{
    [Fact]
    public void A_handler_with_input_and_result_is_called_directly()
    {
        var run = RunClean("""
            namespace App.Mail;

            public sealed record SendEmailInput(string To);
            public sealed record SendEmailResult(string MessageId);
            public interface IEmailSender;

            [Job("send-email", Queue = "mail", MaxAttempts = 5, Backoff = BackoffKind.Exponential, BackoffDelay = "2s", Jitter = 0.5, Timeout = "30s")]
            public sealed class SendEmail(IEmailSender sender) : IJobHandler<SendEmailInput, SendEmailResult>
            {
                public ValueTask<SendEmailResult> HandleAsync(SendEmailInput input, JobContext context, CancellationToken cancellationToken) => new(new SendEmailResult(sender.ToString()!));
            }
            """);

        Snapshot.Verify(run.GetFile("Job_App_Mail_SendEmail.g.cs"));
    }

    [Fact]
    public void A_handler_without_input_and_services_does_not_touch_the_scope()
    {
        var run = RunClean("""
            namespace App;

            [Job]
            internal sealed record CleanUpJob : IJobHandler
            {
                public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
            }
            """);

        Snapshot.Verify(run.GetFile("Job_App_CleanUpJob.g.cs"));
    }

    [Fact]
    public void A_disposable_handler_is_disposed_asynchronously_if_it_can_be()
    {
        var run = RunClean("""
            namespace App;

            [Job]
            public sealed class Import : IJobHandler<string>, IDisposable, IAsyncDisposable
            {
                public ValueTask HandleAsync(string input, JobContext context, CancellationToken cancellationToken) => default;
                void IDisposable.Dispose() { }
                ValueTask IAsyncDisposable.DisposeAsync() => default;
            }
            """);

        Snapshot.Verify(run.GetFile("Job_App_Import.g.cs"));
    }

    [Fact]
    public void A_handler_that_is_only_disposable_is_disposed()
    {
        var run = RunClean("""
            namespace App;

            public class Resource : IDisposable { public void Dispose() => GC.SuppressFinalize(this); }

            [Job]
            public sealed class Import : Resource, IJobHandler<string, int>
            {
                public ValueTask<int> HandleAsync(string input, JobContext context, CancellationToken cancellationToken) => new(1);
            }
            """);

        Assert.Contains("using (handler)", run.GetFile("Job_App_Import.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Services_come_from_the_scope_by_key_by_type_or_not_at_all()
    {
        var run = RunClean("""
            using Microsoft.Extensions.DependencyInjection;
            namespace App;

            public interface IClock;
            public enum Place { Near, Far }

            [Job]
            public sealed class Report(
                IServiceProvider provider,
                IClock clock,
                IEnumerable<IClock> clocks,
                [FromKeyedServices("utc")] IClock utc,
                [FromKeyedServices(Place.Far)] IClock? far,
                IClock? maybe,
                int? limit,
                IReadOnlyList<string?>? names = null,
                string text = "a \"quoted\" text",
                int size = 5,
                Place place = Place.Far,
                double share = 0.5,
                CancellationToken token = default) : IJobHandler
            {
                public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken)
                {
                    _ = (provider, clock, clocks, utc, far, maybe, limit, names, text, size, place, share, token);
                    return default;
                }
            }
            """);

        Snapshot.Verify(run.GetFile("Job_App_Report.g.cs"));
    }

    [Theory]
    [InlineData("public H() { } public H(IServiceProvider a, string b) { } private H(int a, int b, int c) { }", "                services,\n")]
    [InlineData("public H(string a) { } internal H(string a, string b) { }", "new global::App.H(global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<string>(services)).HandleAsync")]
    [InlineData("[Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructor] public H() { } public H(IServiceProvider a) { }", "new global::App.H().HandleAsync")]
    [InlineData("internal H(IServiceProvider a) { } private H() { }", "new global::App.H(services).HandleAsync")]
    [InlineData("public H(params string[] a) { }", "new global::App.H().HandleAsync")]
    [InlineData("public H(in DateTime a) { }", "GetRequiredService<global::System.DateTime>(services)).HandleAsync")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public H() { } public required string? Name { get; set; }", "new global::App.H().HandleAsync")]
    public void The_constructor_is_the_marked_one_or_the_public_one_with_most_parameters(string members, string expected)
    {
        var run = RunClean($$"""
            namespace App;

            [Job]
            public sealed class H : IJobHandler
            {
                {{members}}
                public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
            }
            """);

        Assert.Contains(expected, run.GetFile("Job_App_H.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public sealed class H : IJobHandler<string> { ValueTask IJobHandler<string>.HandleAsync(string input, JobContext context, CancellationToken cancellationToken) => default; }", false)]
    [InlineData("public class B { public ValueTask HandleAsync(string input, JobContext context, CancellationToken cancellationToken) => default; } [Job] public sealed class H : B, IJobHandler<string>;", true)]
    [InlineData("public abstract class B : IJobHandler<string> { public abstract ValueTask HandleAsync(string input, JobContext context, CancellationToken cancellationToken); } [Job] public sealed class H : B { public override ValueTask HandleAsync(string input, JobContext context, CancellationToken cancellationToken) => default; }", true)]
    [InlineData("public abstract class B<T> : IJobHandler<T> { public ValueTask HandleAsync(T input, JobContext context, CancellationToken cancellationToken) => default; } [Job] public sealed class H : B<string>;", true)]
    [InlineData("public interface IB : IJobHandler<string> { ValueTask IJobHandler<string>.HandleAsync(string input, JobContext context, CancellationToken cancellationToken) => default; } [Job] public sealed class H : IB;", false)]
    [InlineData("public sealed class H : IJobHandler<object> { public ValueTask HandleAsync(object input, JobContext context, CancellationToken cancellationToken) => default; public ValueTask HandleAsync(object input, JobContext context, CancellationToken cancellationToken, params int[] more) => default; }", false)]
    public void A_method_that_only_the_interface_leads_to_is_called_through_it(string type, bool isDirect)
    {
        var run = RunClean("namespace App; " + (type.Contains("[Job]", StringComparison.Ordinal) ? "" : "[Job] ") + type);

        var file = run.GetFile("Job_App_H.g.cs");
        Assert.Contains("new global::App.H()", file, StringComparison.Ordinal);
        Assert.Equal(!isDirect, file.Contains("((global::Jobs.IJobHandler<", StringComparison.Ordinal));
    }

    private static GeneratorRun RunClean(string source)
    {
        var run = TestCompilation.Run(source, references: TestCompilation.Runtime);
        Assert.Empty(run.Diagnostics);
        return run;
    }
}
