using Jobs.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;

namespace Jobs.Analyzers.Tests.Calls;

/// <summary>Code that calls two jobs, one of them with a result.</summary>
internal static class CallSite
{
    private const string Jobs = """


        public sealed record MailInput(string To);

        [Job]
        public sealed class Mail : IJobHandler<MailInput>
        {
            public ValueTask HandleAsync(MailInput input, JobContext context, CancellationToken cancellationToken) => default;
        }

        [Job]
        public sealed class Count : IJobHandler<MailInput, int>
        {
            public ValueTask<int> HandleAsync(MailInput input, JobContext context, CancellationToken cancellationToken) => default;
        }

        [Job]
        public sealed class Sweep : IJobHandler
        {
            public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
        }
        """;

    /// <summary>Checks the statements of a method that has a client, a handle, a manager and inputs.</summary>
    public static Task VerifyAsync(string statements, string modifier = "async ") => Analysis.VerifyAsync($$"""
        public sealed class Caller(App.JobClient client, IJobManager manager)
        {
            public {{modifier}}Task CallAsync(JobHandle<int> job, IReadOnlyList<MailInput> inputs, MailInput input)
            {
                {{statements}}
                {{(modifier.Length == 0 ? "return Task.CompletedTask;" : "await Task.Yield();")}}
            }

            public object Use => (client, manager);
        }
        """ + Jobs);

    /// <summary>A program with the statements.</summary>
    public static TestProject CreateProgram(string statements, string types = "") => new(statements + types + Jobs) { OutputKind = OutputKind.ConsoleApplication };

    /// <summary>Adds the jobs to a source.</summary>
    public static string Complete(string source) => source + Jobs;
}
