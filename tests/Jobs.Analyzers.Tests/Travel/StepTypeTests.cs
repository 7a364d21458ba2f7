using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Travel;

public sealed class StepTypeTests
{
    private static Task<IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic>> VerifyAsync(string body, string attribute = "[Job]") => Analysis.VerifyAsync(new TestProject($$"""
        using System.Text.Json;
        using System.Text.Json.Serialization.Metadata;
        public sealed record Line(string Sku);
        public sealed record Input(Line[] Lines);
        public sealed record Result(int Count);
        public sealed record Charge(string Id, Part Part);
        public sealed record Part(int Number);
        public enum Colour { Red }
        {{attribute}} public sealed class Work : IJobHandler<Input, Result>
        {
            public async ValueTask<Result> HandleAsync(Input input, JobContext context, CancellationToken cancellationToken)
            {
                {{body}}
                return new(1);
            }

            public static Task<T> DoAsync<T>(CancellationToken cancellationToken) => Task.FromResult<T>(default!);
        }
        """));

    [Theory]
    [InlineData("await {|JOB0305:context.StepAsync(\"a\", DoAsync<Charge>, cancellationToken)|};")]
    [InlineData("await {|JOB0305:context.StepAsync(\"a\", DoAsync<Colour>, cancellationToken)|};")]
    [InlineData("await {|JOB0305:context.StepAsync(\"a\", DoAsync<List<int>>, cancellationToken)|};")]
    [InlineData("await {|JOB0305:context.StepAsync(\"a\", ct => new ValueTask<Charge>(DoAsync<Charge>(ct)), null, cancellationToken)|};")]
    [InlineData("await {|JOB0305:context.WaitForAsync<Charge>(default, cancellationToken)|};")]
    public async Task A_type_without_metadata_is_reported_at_the_call(string body) => await VerifyAsync(body);

    [Theory]
    [InlineData("await context.StepAsync(\"a\", DoAsync<Line>, cancellationToken);")]
    [InlineData("await context.StepAsync(\"a\", DoAsync<Line[]>, cancellationToken);")]
    [InlineData("await context.StepAsync(\"a\", DoAsync<Result?>, cancellationToken);")]
    [InlineData("await context.StepAsync(\"a\", DoAsync<string>, cancellationToken);")]
    [InlineData("await context.StepAsync(\"a\", DoAsync<DateTimeOffset?>, cancellationToken);")]
    [InlineData("await context.StepAsync(\"a\", DoAsync<JsonElement>, cancellationToken);")]
    [InlineData("await context.StepAsync(\"a\", DoAsync<JobId>, cancellationToken);")]
    [InlineData("await context.StepAsync(\"a\", DoAsync<byte[]>, cancellationToken);")]
    [InlineData("await context.StepAsync(\"a\", ct => Task.Delay(1, ct), cancellationToken);")]
    [InlineData("JsonTypeInfo<Charge> json = null!; await context.WaitForAsync(default, json, cancellationToken);")]
    public async Task Types_of_inputs_and_results_simple_ones_and_ones_own_metadata_are_fine(string body) => await VerifyAsync(body);

    [Theory]
    [InlineData("Charge")]
    [InlineData("Part")]
    public async Task What_StepTypes_names_is_known_with_all_that_it_consists_of(string type) =>
        await VerifyAsync($"await context.StepAsync(\"a\", DoAsync<{type}>, cancellationToken);", "[Job(StepTypes = [typeof(Charge)])]");

    [Fact]
    public async Task What_StepTypes_names_must_travel() => await Analysis.VerifyAsync(new TestProject("""
        public sealed record Charge(System.IO.Stream {|JOB0301:Content|});
        [Job(StepTypes = [typeof(Charge)])] public sealed class Work : IJobHandler
        {
            public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
        }
        """));
}
