using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Jobs.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Jobs.Analyzers.Tests.Values;

/// <summary>The compiler and the run time agree on what they refuse.</summary>
public class AgreementTests
{
    private static readonly string[] _units = ["d", "h", "m", "s", "ms"];
    private static readonly string[] _pieces = ["0", "1", "30", "007", "9223372036854775807", "99999999999999999999", "d", "h", "m", "s", "ms", " ", "-", ".", "w", "D", "é", "\t"];

    [Fact]
    public async Task On_thousands_of_durations()
    {
        var random = new Random(42);
        var texts = Enumerable.Range(0, 3000).Select(index => index % 2 == 0 ? NextPieces(random) : NextDuration(random)).Distinct().ToList();

        var refused = await RefusedLinesAsync(texts.Select(text => $"_ = JobDuration.Parse({SymbolDisplay.FormatLiteral(text, quote: true)});"));

        Assert.Equal(texts.Select(text => !JobDuration.TryParse(text, out _)), refused);
        Assert.InRange(refused.Count(isRefused => !isRefused), 100, 2500);
    }

    [Fact]
    public async Task On_thousands_of_schedules()
    {
        string[] fields = ["*", "0", "5", "1-5", "*/5", "2", "1,2"];
        string[] parts = ["*", "0", "5", "59", "60", "1-5", "5-1", "*/5", "MON", "L", "15W", "5#3", "JAN", "?", "31", "2", "x", "@daily", "@every 90s", "every day at 9am"];
        var random = new Random(43);
        var texts = Enumerable.Range(0, 3000).Select(index => index % 2 == 0
                ? string.Join(' ', Enumerable.Range(0, random.Next(1, 8)).Select(_ => parts[random.Next(parts.Length)]))
                : string.Join(' ', Enumerable.Range(0, random.Next(5, 7)).Select(_ => random.Next(12) == 0 ? parts[random.Next(parts.Length)] : fields[random.Next(fields.Length)])))
            .Distinct()
            .ToList();

        var refused = await RefusedLinesAsync(texts.Select(text => $"_ = CronExpression.Parse({SymbolDisplay.FormatLiteral(text, quote: true)});"));

        Assert.Equal(texts.Select(text => !CronExpression.TryParse(text, out _)), refused);
        Assert.InRange(refused.Count(isRefused => !isRefused), 100, 2500);
    }

    /// <summary>Each of them is compiled, and enqueued.</summary>
    [Fact]
    public async Task On_the_options_of_a_call()
    {
        var random = new Random(44);
        string[] durations = ["\"0s\"", "\"1ms\"", "\"5m\"", "\"365000d\"", "\"365001d\"", "System.TimeSpan.Zero", "System.TimeSpan.FromDays(400000)", "null"];
        string[] texts = ["\"\"", "\"a\"", "\"a b\"", "\"a\\0\"", $"\"{new string('k', 100)}\"", $"\"{new string('k', 101)}\"", $"\"{new string('k', 200)}\"", $"\"{new string('k', 201)}\"", "null"];
        string[] numbers = ["0", "1", "-1", "1000", "1001", "null"];
        string[] shares = ["0", "0.5", "1", "1.01", "-0.01", "double.NaN", "null"];
        (string Option, string[] Values)[] options =
        [
            ("Delay", durations), ("Timeout", durations), ("BackoffDelay", durations), ("MaxBackoffDelay", durations), ("RetainCompleted", durations), ("RetainFailed", durations),
            ("Queue", texts), ("IdempotencyKey", texts), ("ConcurrencyKey", texts), ("OrderingKey", texts), ("FairnessKey", texts), ("Submitter", texts), ("MaxAttempts", numbers), ("Jitter", shares), ("Backoff", ["BackoffKind.Linear", "(BackoffKind)9", "null"]),
            ("Tags", ["new[] { \"\" }", "[\"a\"]", "[]", $"[\"{new string('t', 101)}\"]", "null"]),
        ];
        var all = options.SelectMany(option => option.Values.Select(value => $"{option.Option} = {value}"))
            .Concat(Enumerable.Range(0, 200).Select(_ => string.Join(", ", options.OrderBy(_ => random.Next()).Take(2).Select(option => $"{option.Option} = {option.Values[random.Next(option.Values.Length)]}"))))
            .Distinct()
            .ToList();

        var refused = await RefusedLinesAsync(all.Select(option => $"_ = new EnqueueOptions {{ {option} }};"));
        var enqueued = await RefusedByRuntimeAsync(all);

        Assert.Equal(all.Zip(enqueued), all.Zip(refused));
        Assert.InRange(refused.Count(isRefused => !isRefused), 60, 250);
    }

    private static string NextPieces(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 7)).Select(_ => _pieces[random.Next(_pieces.Length)]));

    /// <summary>Mostly right.</summary>
    private static string NextDuration(Random random)
    {
        var text = string.Concat(_units.Where(_ => random.Next(3) > 0).Select(unit => $"{random.Next(0, 500)}{unit}"));
        return random.Next(10) == 0 ? text + _pieces[random.Next(_pieces.Length)] : text;
    }

    /// <summary>Which of the statements, one per line, have an error of ours.</summary>
    private static async Task<IReadOnlyList<bool>> RefusedLinesAsync(IEnumerable<string> statements)
    {
        var lines = statements.ToList();
        var project = new TestProject($"public static class Calls {{ public static void Make() {{\n{string.Join('\n', lines)}\n}} }}");
        var errors = (await Analysis.RunAsync(project)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.All(errors, error => Assert.StartsWith("JOB", error.Id, StringComparison.Ordinal));
        var refused = errors.Select(error => error.Location.GetLineSpan().StartLinePosition.Line - 1).ToHashSet();
        return [.. Enumerable.Range(0, lines.Count).Select(refused.Contains)];
    }

    /// <summary>Compiles a program that enqueues a job with each of the options, and runs it.</summary>
    private static async Task<IReadOnlyList<bool>> RefusedByRuntimeAsync(List<string> options)
    {
        var factories = new StringBuilder();
        for (var i = 0; i < options.Count; i++)
        {
            factories.Append(CultureInfo.InvariantCulture, $"            () => new EnqueueOptions {{ {options[i]} }},\n");
        }

        var project = new TestProject($$"""
            [Job]
            public sealed class Mail : IJobHandler
            {
                public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
            }

            public static class Runner
            {
                private static readonly Func<EnqueueOptions>[] _options =
                [
            {{factories}}
                ];

                public static async Task<bool[]> RunAsync()
                {
                    await using var services = new ServiceCollection().AddLogging().AddJobs(jobs => jobs.UseInMemory().ClientOnly()).BuildServiceProvider();
                    var client = services.GetRequiredService<App.JobClient>();
                    var refused = new bool[_options.Length];
                    for (var i = 0; i < refused.Length; i++)
                    {
                        try
                        {
                            await client.Mail.EnqueueAsync(_options[i]());
                        }
                        catch (Exception exception) when (exception is JobException or ArgumentException or FormatException)
                        {
                            refused[i] = true;
                        }
                    }

                    return refused;
                }
            }
            """);
        using var image = new MemoryStream();
        var result = project.CreateCompilation().Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        var context = new AssemblyLoadContext("Options", isCollectible: true);
        try
        {
            var run = context.LoadFromStream(image).GetType("Runner")!.GetMethod("RunAsync", BindingFlags.Static | BindingFlags.Public)!;
            return await (Task<bool[]>)run.Invoke(null, null)!;
        }
        finally
        {
            context.Unload();
        }
    }
}
