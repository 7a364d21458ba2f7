using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Jobs.Metadata;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>Emitted invokers, loaded and called.</summary>
public class InvocationTests
{
    [Theory]
    [InlineData("IDisposable", "public void Dispose() => log.Add(\"disposed\");")]
    [InlineData("IAsyncDisposable", "public async ValueTask DisposeAsync() { await Task.Yield(); log.Add(\"disposed\"); }")]
    [InlineData("IDisposable, IAsyncDisposable", "void IDisposable.Dispose() => log.Add(\"wrong\"); ValueTask IAsyncDisposable.DisposeAsync() { log.Add(\"disposed\"); return default; }")]
    public async Task A_disposable_handler_is_disposed_after_the_attempt_even_if_it_throws(string interfaces, string dispose)
    {
        var job = Compile<string, int>($$"""
            namespace App;

            [Job]
            public sealed class Work(List<string> log) : IJobHandler<string, int>, {{interfaces}}
            {
                public async ValueTask<int> HandleAsync(string input, JobContext context, CancellationToken cancellationToken)
                {
                    await Task.Yield();
                    log.Add("handled");
                    return int.Parse(input, System.Globalization.CultureInfo.InvariantCulture);
                }
                {{dispose}}
            }
            """);
        var context = new Context();

        Assert.Equal(7, await job.Invoke!("7", context, default));
        await Assert.ThrowsAsync<FormatException>(async () => await job.Invoke!("x", context, default));

        Assert.Equal(["handled", "disposed", "handled", "disposed"], context.Log);
    }

    [Fact]
    public async Task A_handler_that_is_not_disposable_is_called_without_a_state_machine()
    {
        var job = Compile<string, JobVoid>("""
            namespace App;

            [Job]
            public sealed class Work : IJobHandler<string>
            {
                public ValueTask HandleAsync(string input, JobContext context, CancellationToken cancellationToken) =>
                    input == "later" ? new(Task.Delay(1, cancellationToken)) : input == "fail" ? throw new FormatException() : default;
            }
            """);
        var context = new Context();

        Assert.Null(job.Invoke!.Method.GetCustomAttribute<AsyncStateMachineAttribute>());
        await job.Invoke("now", context, default);
        await job.Invoke("later", context, default);
        await Assert.ThrowsAsync<FormatException>(async () => await job.Invoke("fail", context, default));
        Assert.Equal(0, context.ScopesAsked);
    }

    [Fact]
    public async Task Optional_services_fall_back_when_they_are_missing()
    {
        var job = Compile<int, string>("""
            namespace App;

            [Job]
            public sealed class Work(IServiceProvider services, List<string> log, Uri? uri, int? limit, string text = "none", DayOfWeek day = DayOfWeek.Friday, long size = 5) : IJobHandler<int, string>
            {
                public ValueTask<string> HandleAsync(int input, JobContext context, CancellationToken cancellationToken) =>
                    new($"{services is not null} {log.Count} {uri} {limit} {text} {day} {size}");
            }
            """);

        Assert.Equal("True 0   none Friday 5", await job.Invoke!(1, new Context(), default));
    }

    [Fact]
    public void A_hand_written_serializer_context_replaces_the_emitted_metadata()
    {
        var run = TestCompilation.Run("""
            namespace App;
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using System.Text.Json.Serialization.Metadata;

            public sealed class Mine() : JsonSerializerContext(null)
            {
                public static Mine Default { get; } = new();
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override JsonTypeInfo? GetTypeInfo(Type type) => type == typeof(int) ? JsonMetadataServices.CreateValueInfo<int>(new JsonSerializerOptions(), JsonMetadataServices.Int32Converter) : null;
            }

            [Job(JsonContext = typeof(Mine))]
            public sealed class Work : IJobHandler<int, string> { public ValueTask<string> HandleAsync(int input, JobContext context, CancellationToken cancellationToken) => new(""); }
            """, references: TestCompilation.Runtime);
        Assert.Empty(run.Diagnostics);
        Assert.DoesNotContain(run.FileNames, name => name.StartsWith("JobsJson", StringComparison.Ordinal));

        var job = Assert.IsType<JobDescriptor<int, string>>(Load(run).Single());
        Assert.NotNull(job.InputJson!(JobJson.CreateOptions(null)));
        var missing = Assert.Throws<InvalidOperationException>(() => job.ResultJson!(JobJson.CreateOptions(null)));
        Assert.Equal("App.Mine needs [JsonSerializable(typeof(string))].", missing.Message);
    }

    private static JobDescriptor<TInput, TResult> Compile<TInput, TResult>(string source)
    {
        var run = TestCompilation.Run(source, references: TestCompilation.Runtime);
        Assert.Empty(run.Diagnostics);
        return Assert.IsType<JobDescriptor<TInput, TResult>>(Load(run).Single());
    }

    private static IReadOnlyList<JobDescriptor> Load(GeneratorRun run)
    {
        using var stream = new MemoryStream();
        Assert.True(run.Compilation.Emit(stream).Success);
        var assembly = Assembly.Load(stream.ToArray()).GetType("App.AppJobAssembly", throwOnError: true)!;
        return ((JobAssembly)Activator.CreateInstance(assembly)!).CreateJobs();
    }

    /// <summary>An attempt whose scope knows a list and itself.</summary>
    private sealed class Context : JobContext, IServiceProvider
    {
        public List<string> Log { get; } = [];

        public int ScopesAsked { get; private set; }

        public override JobId JobId => default;

        public override string JobName => "work";

        public override string Queue => "default";

        public override int Attempt => 1;

        public override int MaxAttempts => 1;

        public override DateTimeOffset CreatedAt => default;

        public override IReadOnlyList<string> Tags => [];

        public override IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>();

        public override IServiceProvider Services
        {
            get
            {
                ScopesAsked++;
                return this;
            }
        }

        public override ILogger Logger => throw new NotSupportedException();

        public object? GetService(Type serviceType) => serviceType == typeof(List<string>) ? Log : null;

        public override ValueTask ReportProgressAsync(double percent, string? message = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        [DoesNotReturn]
        public override Exception Fail(string reason) => throw new NotSupportedException();

        [DoesNotReturn]
        public override Exception Snooze(JobDuration delay) => throw new NotSupportedException();

        [DoesNotReturn]
        public override Exception RetryAfter(JobDuration delay, string reason) => throw new NotSupportedException();

        public override void ExtendTimeout(JobDuration by) => throw new NotSupportedException();

        public override ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override ValueTask CompleteAsync<TResult>(TResult result, DbTransaction transaction, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
