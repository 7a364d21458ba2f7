using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.CodeFixes;

public class DeclarationFixTests
{
    private const string Handle = "public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;";

    [Fact]
    public Task A_handler_becomes_a_job() => Fixing.VerifyAsync(
        "JOB0004",
        $$"""
        namespace Mails
        {
            /// <summary>Sends mail.</summary>
            [System.Serializable]
            public sealed class Mail : IJobHandler
            {
                {{Handle}}
            }
        }
        """,
        $$"""
        namespace Mails
        {
            /// <summary>Sends mail.</summary>
            [Job]
            [System.Serializable]
            public sealed class Mail : IJobHandler
            {
                {{Handle}}
            }
        }
        """);

    [Fact]
    public Task A_contract_becomes_a_job() => Fixing.VerifyAsync(
        "JOB0004",
        "public interface IMail : IJobContract<int>;",
        """
        [Job]
        public interface IMail : IJobContract<int>;
        """);

    [Fact]
    public Task A_struct_cannot_become_one() => NoFixAsync("JOB0004", $"public struct Mail : IJobHandler {{ {Handle} }}");

    [Fact]
    public Task An_abstract_handler_becomes_sealed() => Fixing.VerifyAsync(
        "JOB0005",
        $$"""[Job] public abstract class Mail : IJobHandler { {{Handle}} }""",
        $$"""[Job] public sealed class Mail : IJobHandler { {{Handle}} }""");

    [Fact]
    public Task A_handler_with_abstract_members_cannot() => NoFixAsync("JOB0005", $$"""[Job] public abstract class Mail : IJobHandler { {{Handle}} protected abstract void Send(); }""");

    [Fact]
    public Task A_hidden_handler_becomes_internal_and_so_does_what_hides_it() => Fixing.VerifyAsync(
        "JOB0007",
        $$"""public class Outer { private class Inner { [Job] protected sealed class Mail : IJobHandler { {{Handle}} } } }""",
        $$"""public class Outer { internal class Inner { [Job] internal sealed class Mail : IJobHandler { {{Handle}} } } }""");

    [Fact]
    public Task A_handler_of_a_file_becomes_internal() => Fixing.VerifyAsync(
        "JOB0007",
        $$"""[Job] file sealed class Mail : IJobHandler { {{Handle}} }""",
        $$"""[Job] internal sealed class Mail : IJobHandler { {{Handle}} }""");

    [Fact]
    public Task A_hidden_constructor_becomes_public() => Fixing.VerifyAsync(
        "JOB0008",
        $$"""[Job] public sealed class Mail : IJobHandler { private Mail() { } {{Handle}} }""",
        $$"""[Job] public sealed class Mail : IJobHandler { public Mail() { } {{Handle}} }""");

    private static async Task NoFixAsync(string id, string source) => Assert.Empty(await Fixing.GetTitlesAsync(id, source));
}
