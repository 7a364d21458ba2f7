using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Declarations;

public class JobDeclarationTests
{
    private const string Handle = "public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;";
    private const string HandleInt = "public ValueTask HandleAsync(int input, JobContext context, CancellationToken cancellationToken) => default;";

    [Theory]
    [InlineData("[Job] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[Job] internal class Mail(IServiceProvider services) : IJobHandler { public object S => services; $ }")]
    [InlineData("public class Outer { [Job] internal sealed class Mail : IJobHandler { $ } }")]
    [InlineData("public abstract class Base : IJobHandler { $ } [Job] public sealed class Mail : Base;")]
    [InlineData("public abstract class Base<T> : IJobHandler { $ } [Job] public sealed class Mail : Base<int>;")]
    [InlineData("[Job] public interface IMail : IJobContract<int>;")]
    [InlineData("[Job] public interface IMail : IJobContract; [Job(Contract = typeof(IMail))] public sealed class MailSender : IJobHandler { $ }")]
    [InlineData("public sealed class NoJob { $ }")]
    [InlineData("public class Base<T> : IJobHandler { $ }")]
    [InlineData("[Job] public partial class Mail : IJobHandler { $ } public partial class Mail;")]
    public Task What_can_run_is_silent(string source) => VerifyAsync(source);

    [Theory]
    [InlineData("[Job] public sealed class {|JOB0003:Mail|} { $ }")]
    [InlineData("[Job] public interface {|JOB0003:IMail|};")]
    [InlineData("[Job] public interface {|JOB0003:IMail|} : IJobHandler;")]
    [InlineData("[Job] public static class {|JOB0003:{|JOB0005:Mail|}|};")]
    public Task A_job_that_is_no_handler(string source) => VerifyAsync(source);

    [Theory]
    [InlineData("public sealed class {|JOB0004:Mail|} : IJobHandler { $ }")]
    [InlineData("public abstract class Base : IJobHandler { $ } public sealed class {|JOB0004:Mail|} : Base;")]
    [InlineData("public interface {|JOB0004:IMail|} : IJobContract<int>;")]
    [InlineData("public struct {|JOB0004:Mail|} : IJobHandler { $ }")]
    public Task A_handler_that_is_no_job(string source) => VerifyAsync(source);

    [Theory]
    [InlineData("[Job] public abstract class {|JOB0005:Mail|} : IJobHandler { $ }")]
    [InlineData("[Job] public sealed class {|JOB0006:Mail|}<T> : IJobHandler { $ }")]
    [InlineData("public static class Outer<T> { [Job] public sealed class {|JOB0006:Mail|} : IJobHandler { $ } }")]
    [InlineData("[Job] public interface {|JOB0006:IMail|}<T> : IJobContract<T>;")]
    [InlineData("public class Outer { [Job] private sealed class {|JOB0007:Mail|} : IJobHandler { $ } }")]
    [InlineData("public class Outer { private class Inner { [Job] public sealed class {|JOB0007:Mail|} : IJobHandler { $ } } }")]
    [InlineData("[Job] file sealed class {|JOB0007:Mail|} : IJobHandler { $ }")]
    [InlineData("public class Outer { [Job] private interface {|JOB0007:IMail|} : IJobContract; }")]
    public Task A_handler_out_of_reach(string source) => VerifyAsync(source);

    [Theory]
    [InlineData("[Job] public sealed class {|JOB0008:Mail|} : IJobHandler { private Mail() { } $ }")]
    [InlineData("[Job] public sealed class Mail : IJobHandler { public Mail(ref int {|JOB0008:count|}) { } $ }")]
    [InlineData("[Job] public sealed class Mail : IJobHandler { public Mail(Span<int> {|JOB0008:counts|}) { } $ }")]
    [InlineData("[Job] public sealed class {|JOB0008:Mail|} : IJobHandler { public required int Size { get; init; } $ }")]
    public Task A_handler_that_cannot_be_constructed(string source) => VerifyAsync(source);

    [Fact]
    public Task Two_handler_interfaces() => VerifyAsync($"[Job] public sealed class {{|JOB0009:Mail|}} : IJobHandler, IJobHandler<int> {{ $ {HandleInt} }}");

    [Fact]
    public Task A_type_out_of_reach() => VerifyAsync("""
        public class Outer
        {
            private sealed record Hidden;

            [Job]
            internal sealed class {|JOB0014:Mail|} : IJobHandler<Hidden>
            {
                ValueTask IJobHandler<Hidden>.HandleAsync(Hidden input, JobContext context, CancellationToken cancellationToken) => default;
            }
        }
        """);

    [Theory]
    [InlineData("[Job] public interface IMail : IJobContract<int>; [Job(Contract = {|JOB0015:typeof(IMail)|})] public sealed class MailSender : IJobHandler { $ }")]
    [InlineData("public interface {|JOB0004:IMail|} : IJobContract; [Job(Contract = {|JOB0015:typeof(IMail)|})] public sealed class MailSender : IJobHandler { $ }")]
    [InlineData("[Job(Contract = {|JOB0015:typeof(IDisposable)|})] public sealed class MailSender : IJobHandler { $ }")]
    public Task A_contract_that_does_not_fit(string source) => VerifyAsync(source);

    [Theory]
    [InlineData("[Job(DeadLetterTo = typeof(Letters))] public sealed class Mail : IJobHandler<int> { % } [Job] public sealed class Letters : IJobHandler<DeadLetter<int>> { ValueTask IJobHandler<DeadLetter<int>>.HandleAsync(DeadLetter<int> input, JobContext context, CancellationToken cancellationToken) => default; }")]
    [InlineData("[Job(DeadLetterTo = typeof(Letters))] public sealed class Mail : IJobHandler { $ } [Job] public sealed class Letters : IJobHandler<DeadLetter> { ValueTask IJobHandler<DeadLetter>.HandleAsync(DeadLetter input, JobContext context, CancellationToken cancellationToken) => default; }")]
    [InlineData("[Job(DeadLetterTo = typeof(ILetters))] public sealed class Mail : IJobHandler<int> { % } [Job] public interface ILetters : IJobContract<DeadLetter>;")]
    [InlineData("[Job(DeadLetterTo = {|JOB0018:typeof(Letters)|})] public sealed class Mail : IJobHandler<int> { % } [Job] public sealed class Letters : IJobHandler<DeadLetter<string>> { ValueTask IJobHandler<DeadLetter<string>>.HandleAsync(DeadLetter<string> input, JobContext context, CancellationToken cancellationToken) => default; }")]
    [InlineData("[Job(DeadLetterTo = {|JOB0018:typeof(Letters)|})] public sealed class Mail : IJobHandler<int> { % } [Job] public sealed class Letters : IJobHandler<int> { % }")]
    [InlineData("[Job(DeadLetterTo = {|JOB0018:typeof(Letters)|})] public sealed class Mail : IJobHandler<int> { % } [Job] public sealed class Letters : IJobHandler { $ }")]
    [InlineData("[Job(DeadLetterTo = {|JOB0018:typeof(string)|})] public sealed class Mail : IJobHandler<int> { % }")]
    public Task A_handler_of_dead_letters_holds_them(string source) => VerifyAsync(source.Replace("%", HandleInt, StringComparison.Ordinal));

    [Theory]
    [InlineData("[Job(Cron = \"@daily\")] [JobSchedule(\"a\", \"@daily\")] public sealed class Mail : IJobHandler { $ }")]
    [InlineData("[Job] public sealed class Mail : IJobHandler<int> { % }")]
    [InlineData("[Job] [JobSchedule(\"a\", \"@daily\", 7)] public sealed class Mail : IJobHandler<int> { % }")]
    [InlineData("public sealed record Input; [Job(Cron = \"@daily\")] [JobSchedule(\"a\", \"@daily\")] public sealed class Mail : IJobHandler<Input> { # }")]
    [InlineData("public sealed record Input(int Days = 7); [Job(Cron = \"@daily\")] public sealed class Mail : IJobHandler<Input> { # }")]
    [InlineData("public readonly record struct Input(int Days); [Job(Cron = \"@daily\")] public sealed class Mail : IJobHandler<Input> { # }")]
    [InlineData("public sealed record Input(int Days); [Job] [JobSchedule(\"a\", \"@daily\", 7)] public sealed class Mail : IJobHandler<Input> { # }")]
    [InlineData("public sealed record Input(int Days); [Job(Cron = \"@daily\")] public interface IMail : IJobContract<Input>;")]
    [InlineData("[Job(Cron = {|JOB0019:\"@daily\"|})] public sealed class Mail : IJobHandler<int> { % }")]
    [InlineData("public sealed record Input(int Days); [Job(Cron = {|JOB0019:\"@daily\"|})] public sealed class Mail : IJobHandler<Input> { # }")]
    [InlineData("public sealed record Input(int Days); [Job] [{|JOB0019:JobSchedule(\"a\", \"@daily\")|}] [JobSchedule(\"b\", \"@daily\", 7)] public sealed class Mail : IJobHandler<Input> { # }")]
    [InlineData("public sealed record Input { public required int Days { get; init; } } [Job(Cron = {|JOB0019:\"@daily\"|})] public sealed class Mail : IJobHandler<Input> { # }")]
    [InlineData("public abstract record Input; [Job(Cron = {|JOB0019:\"@daily\"|})] public sealed class {|JOB0301:Mail|} : IJobHandler<Input> { # }")]
    [InlineData("public sealed record Input(int Days); [Job(Cron = \"@daily\")] public interface IMail : IJobContract<Input>; [{|JOB0019:Job(Contract = typeof(IMail))|}] public sealed class Mail : IJobHandler<Input> { # }")]
    public Task A_schedule_without_arguments_makes_its_input(string source) =>
        VerifyAsync(source.Replace("%", HandleInt, StringComparison.Ordinal).Replace("#", HandleInt.Replace("int input", "Input input", StringComparison.Ordinal), StringComparison.Ordinal));

    [Fact]
    public Task A_JSON_context_that_is_none() => VerifyAsync("[Job(JsonContext = {|JOB0016:typeof(string)|})] public sealed class Mail : IJobHandler { $ }");

    [Theory]
    [InlineData("[Job] public sealed class Mail : {|CS0246:Missing|} { $ }")]
    [InlineData("[Job] public sealed class Mail({|CS0246:Missing|} missing) : IJobHandler { $ }")]
    public Task What_the_compiler_reports_is_not_reported_again(string source) => VerifyAsync(source);

    [Theory]
    [InlineData("#pragma warning disable JOB0005\n[Job] public abstract class Mail : IJobHandler { $ }\n#pragma warning restore JOB0005")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Jobs\", \"JOB0005\")] [Job] public abstract class Mail : IJobHandler { $ }")]
    public Task A_rule_can_be_suppressed(string source) => VerifyAsync(source);

    private static Task VerifyAsync(string source) => Analysis.VerifyAsync(source.Replace("$", Handle, StringComparison.Ordinal));
}
