namespace Jobs.Generator.Tests.Incrementality;

/// <summary>One source per kind of thing that the generator reads or emits.</summary>
internal static class GeneratorCases
{
    private const string Handle = "public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;";
    private const string HandleInput = "public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default;";

    public static IReadOnlyDictionary<string, string> Sources { get; } = new Dictionary<string, string>
    {
        ["a job without input"] = $$"""[Job] public sealed class Mail : IJobHandler { {{Handle}} }""",
        ["a job with input and result"] = """
            public sealed record Input(string To);
            [Job] public sealed class Mail : IJobHandler<Input, Guid> { public ValueTask<Guid> HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default; }
            """,
        ["every argument of the attribute"] = $$"""
            [Job("mail", ClientName = "SendMail", Description = "Sends", Aliases = ["post"], Queue = "mails", Priority = 3, MaxAttempts = 5, Backoff = BackoffKind.Linear, BackoffDelay = "2s",
                MaxBackoffDelay = "1m", Jitter = 0.5, Timeout = "30s", MaxConcurrency = 2, RetainCompleted = "0s", RetainFailed = "1d", Disabled = true)]
            public sealed class Mail : IJobHandler { {{Handle}} }
            """,
        ["services, keyed and optional"] = $$"""
            [Job] public sealed class Mail(IServiceProvider services, [Microsoft.Extensions.DependencyInjection.FromKeyedServices("a")] object keyed, IComparable? optional = null, int count = 3) : IJobHandler, IAsyncDisposable
            {
                public object? Use => (services, keyed, optional, count);
                public ValueTask DisposeAsync() => default;
                {{Handle}}
            }
            """,
        ["a contract and its handler"] = $$"""
            public sealed record Input(string To);
            [Job] public interface IMail : IJobContract<Input>;
            [Job(Contract = typeof(IMail))] public sealed class MailSender : IJobHandler<Input> { {{HandleInput}} }
            """,
        ["dead letters"] = $$"""
            public sealed record Input(string To);
            [Job(DeadLetterTo = typeof(Lost))] public sealed class Mail : IJobHandler<Input> { {{HandleInput}} }
            [Job] public sealed class Lost : IJobHandler<DeadLetter<Input>> { public ValueTask HandleAsync(DeadLetter<Input> input, JobContext context, CancellationToken cancellationToken) => default; }
            """,
        ["schedules"] = $$"""
            [Job(Cron = "@daily", TimeZone = "Europe/Zurich", Overlap = OverlapPolicy.Skip)] [JobSchedule("hourly", "@hourly")] public sealed class Mail : IJobHandler { {{Handle}} }
            public sealed record Input(string To, int Count);
            [Job] [JobSchedule("often", "@every 90s", "a", 3, Jitter = "5s")] public sealed class Other : IJobHandler<Input> { {{HandleInput}} }
            """,
        ["collections, dictionaries and nullables"] = $$"""
            public sealed record Line(string Sku, decimal? Price);
            public sealed record Input(IReadOnlyList<Line> Lines, Dictionary<string, Line?> Named, int[]? Numbers, (int, string) Pair, HashSet<DayOfWeek> Days);
            [Job] public sealed class Mail : IJobHandler<Input> { {{HandleInput}} }
            """,
        ["polymorphic and generic types"] = $$"""
            [System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape;
            public sealed record Circle(double Radius) : Shape;
            public sealed record Page<T>(IReadOnlyList<T> Items);
            public sealed record Input(Shape Shape, Page<string> Page);
            [Job] public sealed class Mail : IJobHandler<Input> { {{HandleInput}} }
            """,
        ["members of every kind"] = $$"""
            public sealed class Input
            {
                public required string To { get; init; }
                [System.Text.Json.Serialization.JsonPropertyName("subject-line")] public string Subject { get; set; } = "";
                [System.Text.Json.Serialization.JsonIgnore] public int Hidden { get; set; }
                [System.Text.Json.Serialization.JsonInclude] public int Field;
                [System.Text.Json.Serialization.JsonExtensionData] public Dictionary<string, System.Text.Json.JsonElement>? More { get; set; }
            }
            [Job] public sealed class Mail : IJobHandler<Input> { {{HandleInput}} }
            """,
        ["validation attributes"] = $$"""
            public sealed record Nested([System.ComponentModel.DataAnnotations.Range(1, 5)] int Count);
            public sealed record Input([System.ComponentModel.DataAnnotations.EmailAddress] string To, [System.ComponentModel.DataAnnotations.Required, System.ComponentModel.DataAnnotations.StringLength(20)] string Subject, IReadOnlyList<Nested> Nested);
            [Job] public sealed class Mail : IJobHandler<Input> { {{HandleInput}} }
            """,
        ["a type that cannot travel"] = $$"""
            public sealed record Input(Action Callback);
            [Job] public sealed class Mail : IJobHandler<Input> { {{HandleInput}} }
            """,
        ["a handler that cannot run"] = $$"""[Job] public abstract class Mail : IJobHandler { {{Handle}} }""",
        ["a renamed client"] = $$"""[assembly: JobClient(Name = "Mails")] [Job] public sealed class Mail : IJobHandler { {{Handle}} }""",
        ["names that clash"] = $$"""
            public static class A { [Job("one")] public sealed class B_C : IJobHandler { {{Handle}} } }
            public static class A_B { [Job("two")] public sealed class C : IJobHandler { {{Handle}} } }
            """,
    };
}
