using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Calls;

public class HandlerCancellationTests
{
    [Theory]
    [InlineData("CancellationToken {|JOB0208:cancellationToken|}", "await Task.Delay(1000);")]
    [InlineData("CancellationToken {|JOB0208:cancellationToken|}", "await context.ReportProgressAsync(1);")]
    [InlineData("CancellationToken {|JOB0208:cancellationToken|}", "await System.IO.File.ReadAllTextAsync(\"a\");")]
    [InlineData("CancellationToken cancellationToken", "await Task.Delay(1000, cancellationToken);")]
    [InlineData("CancellationToken cancellationToken", "cancellationToken.ThrowIfCancellationRequested(); await Task.Delay(1000);")]
    [InlineData("CancellationToken cancellationToken", "await Task.Yield();")]
    [InlineData("CancellationToken cancellationToken", "await Task.Delay(1000, CancellationToken.None);")]
    public Task A_handler_looks_at_its_token(string parameter, string statements) => Analysis.VerifyAsync($$"""
        [Job]
        public sealed class Mail : IJobHandler
        {
            public async ValueTask HandleAsync(JobContext context, {{parameter}})
            {
                {{statements}}
            }
        }
        """);

    [Fact]
    public Task Without_awaiting_too() => Analysis.VerifyAsync("""
        [Job]
        public sealed class Mail : IJobHandler
        {
            public ValueTask HandleAsync(JobContext context, CancellationToken {|JOB0208:cancellationToken|}) => new(Task.Delay(1000));
        }
        """);

    [Fact]
    public Task Other_classes_may_do_as_they_like() => Analysis.VerifyAsync("""
        public sealed class Mail
        {
            public async ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => await Task.Delay(1000);
        }
        """);
}
