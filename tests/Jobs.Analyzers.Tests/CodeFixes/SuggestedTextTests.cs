using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.CodeFixes;

public class SuggestedTextTests
{
    [Fact]
    public Task An_impossible_name_becomes_kebab_case() => Fixing.VerifyAsync(
        "JOB0002",
        """
        [Job("Send e-mail!")]
        public sealed class SendEmail : IJobHandler
        {
            public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
        }
        """,
        """
        [Job("send-e-mail")]
        public sealed class SendEmail : IJobHandler
        {
            public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
        }
        """);

    [Fact]
    public Task A_callback_gets_https() => Fixing.VerifyAsync(
        "JOB0205",
        "public static class Options { public static EnqueueOptions Create() => new() { OnFailed = new(\"http://example.com/a\") }; }",
        "public static class Options { public static EnqueueOptions Create() => new() { OnFailed = new(\"https://example.com/a\") }; }");
}
