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
}
