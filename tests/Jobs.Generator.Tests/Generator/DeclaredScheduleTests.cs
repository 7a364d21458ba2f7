using System.Reflection;
using Jobs.Metadata;
using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>Schedules that are declared with a job, with their constant inputs.</summary>
public class DeclaredScheduleTests
{
    private const string Handle = "{ public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }";
    private const string HandleInput = "{ public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default; }";

    [Fact]
    public void A_job_without_input_declares_one_schedule_with_its_cron()
    {
        var job = Assert.IsType<JobDescriptor<JobVoid, JobVoid>>(Compile($"""
            [Job("nightly", Cron = "0 2 * * *", TimeZone = "Europe/Berlin", Overlap = OverlapPolicy.QueueOne)]
            public sealed class Nightly : IJobHandler {Handle}
            """));

        var schedule = Assert.Single(job.Schedules);
        Assert.Equal(("nightly", "0 2 * * *", "Europe/Berlin"), (schedule.Id, schedule.Cron, schedule.TimeZone));
        Assert.Null(schedule.Input);
        Assert.Equal(OverlapPolicy.QueueOne, job.Defaults.Overlap);
    }

    [Fact]
    public void Several_schedules_have_inputs_of_constants()
    {
        var job = Compile($$"""
            public enum Color { Red, Green }
            public sealed record Input(string Region, int Days = 7, Color Color = Color.Red, string? Note = null, params string[] Tags);
            [Job]
            [JobSchedule("eu", "@daily", "eu", 30, Color.Green, null, "a", "b", TimeZone = "Europe/Berlin", Jitter = "5s")]
            [JobSchedule("us", "@hourly", "us", Overlap = OverlapPolicy.Allow, CatchUp = CatchUpPolicy.All)]
            public sealed class Report : IJobHandler<Input> {{HandleInput}}
            """);

        Assert.Equal(
            ["eu|@daily|Europe/Berlin|Default|Default|5s|Input { Region = eu, Days = 30, Color = Green, Note = , Tags = System.String[] }", "us|@hourly||Allow|All||Input { Region = us, Days = 7, Color = Red, Note = , Tags = System.String[] }"],
            Describe(job));
    }

    [Theory]
    [InlineData("public sealed record Input(int Days = 7);", "Input { Days = 7 }")]
    [InlineData("public sealed record Input;", "Input { }")]
    [InlineData("public readonly record struct Input(int Days);", "Input { Days = 0 }")]
    [InlineData("public sealed record Input(int Days);", "")]
    [InlineData("public sealed record Input { public required int Days { get; init; } }", "")]
    [InlineData("public sealed record Input { private Input() { } }", "")]
    [InlineData("public abstract record Input;", "")]
    public void An_input_is_made_without_arguments_where_that_is_possible(string declaration, string input)
    {
        var job = Compile($$"""
            {{declaration}}
            [Job(Cron = "@daily")]
            public sealed class Report : IJobHandler<Input> {{HandleInput}}
            """);

        Assert.Equal([$"report|@daily||Default|Default||{input}"], Describe(job));
    }

    [Theory]
    [InlineData("int", "42", "42")]
    [InlineData("string", "\"x\"", "x")]
    [InlineData("DayOfWeek", "DayOfWeek.Friday", "Friday")]
    [InlineData("long?", "42", "42")]
    public void A_simple_input_is_the_constant_itself(string type, string constant, string input)
    {
        var job = Compile($$"""
            [Job]
            [JobSchedule("a", "@daily", {{constant}})]
            public sealed class Report : IJobHandler<{{type}}> { public ValueTask HandleAsync({{type}} input, JobContext context, CancellationToken cancellationToken) => default; }
            """);

        Assert.Equal([$"a|@daily||Default|Default||{input}"], Describe(job));
    }

    [Fact]
    public void Arguments_that_do_not_fit_the_input_do_not_compile()
    {
        var run = TestCompilation.Run(
            $$"""
            namespace App;
            public sealed record Input(int Days);
            [Job]
            [JobSchedule("a", "@daily", "thirty")]
            public sealed class Report : IJobHandler<Input> {{HandleInput}}
            """,
            references: TestCompilation.Runtime);

        Assert.Contains(run.Diagnostics, static problem => problem.Contains("CS1503", StringComparison.Ordinal));
    }

    private static JobDescriptor Compile(string source)
    {
        var run = TestCompilation.Run("namespace App;\n" + source, references: TestCompilation.Runtime);
        Assert.Empty(run.Diagnostics);
        using var stream = new MemoryStream();
        Assert.True(run.Compilation.Emit(stream).Success);
        var assembly = Assembly.Load(stream.ToArray()).GetType("App.AppJobAssembly", throwOnError: true)!;
        return ((JobAssembly)Activator.CreateInstance(assembly)!).CreateJobs().Single();
    }

    private static IEnumerable<string> Describe(JobDescriptor job) => job.Accept(new Describer());

    private sealed class Describer : IJobDescriptorVisitor<IEnumerable<string>>
    {
        public IEnumerable<string> Visit<TInput, TResult>(JobDescriptor<TInput, TResult> job) =>
            job.Schedules.Select(static s => $"{s.Id}|{s.Cron}|{s.TimeZone}|{s.Overlap}|{s.CatchUp}|{s.Jitter}|{(s.Input is null ? null : s.Input()!.ToString())}");
    }
}
