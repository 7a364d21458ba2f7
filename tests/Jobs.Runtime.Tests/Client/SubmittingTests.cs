using System.Text.Json;
using Xunit;

namespace Jobs.Runtime.Tests.Client;

public sealed class SubmittingTests
{
    private static TestAssembly Jobs => new TestAssembly()
        .Add<Greeting, string>("greet", static (input, _, _) => new($"{input.Text} {input.Name}"))
        .Add<Picky>("picky", static (_, _, _) => Task.CompletedTask)
        .Add("nothing", static (_, _) => Task.CompletedTask);

    [Fact]
    public async Task Json_that_fits_is_run_like_any_other_job()
    {
        await using var host = await TestHost.StartAsync(Jobs);
        var handle = await host.Manager.SubmitAsync("greet", Json("""{"text":"Hello","name":"Ada"}"""));
        await handle.WaitForCompletionAsync().SoonAsync();
        Assert.Equal("Hello Ada", (await handle.GetStatusAsync()).ResultJson?.GetString());
        Assert.Equal("Ada", (await host.Manager.GetAsync(handle.Id))?.Payload?.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"text":"Hello"}""")]
    [InlineData("""{"text":null,"name":"Ada"}""")]
    [InlineData("""{"text":1,"name":"Ada"}""")]
    public async Task Json_that_does_not_fit_is_a_validation_error_and_stores_nothing(string json)
    {
        await using var host = TestHost.Build([Jobs]);
        var refusal = await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.SubmitAsync("greet", Json(json)));
        Assert.NotEmpty(refusal.Errors);
        Assert.Equal(0, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task A_missing_element_is_a_validation_error_too()
    {
        await using var host = TestHost.Build([Jobs]);
        await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.SubmitAsync("greet", default));
        var wrong = await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.SubmitAsync("greet", Json("""{"text":"x","name":{"a":1}}""")));
        Assert.Equal("name", Assert.Single(wrong.Errors).Member);
    }

    [Fact]
    public async Task A_constructor_that_refuses_its_argument_is_a_validation_error()
    {
        await using var host = TestHost.Build([Jobs]);
        var refusal = await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.SubmitAsync("picky", Json("""{"value":13}""")));
        Assert.Contains("unlucky", Assert.Single(refusal.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_without_input_takes_nothing_or_an_empty_object()
    {
        await using var host = TestHost.Build([Jobs]);
        await host.Manager.SubmitAsync("nothing", default);
        await host.Manager.SubmitAsync("nothing", Json("{}"));
        await host.Manager.SubmitAsync("nothing", Json("null"));
        var refusal = await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.SubmitAsync("nothing", Json("""{"a":1}""")));
        Assert.Equal("The input of job 'nothing' is invalid: (input): The job takes no input; send an empty object.", refusal.Message);
    }

    [Fact]
    public async Task An_unknown_name_is_an_error_that_says_so()
    {
        await using var host = TestHost.Build([Jobs]);
        var unknown = await Assert.ThrowsAsync<JobNotFoundException>(async () => await host.Manager.SubmitAsync("greeet", Json("{}")));
        Assert.Equal((JobErrorCodes.UnknownName, "No job is named 'greeet'. Check the spelling; a job's stored name is in JobNames, and former names belong in [Job(Aliases = …)]."), (unknown.Code, unknown.Message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_of_an_absurd_size_is_refused(int limit)
    {
        await using var host = TestHost.Build([Jobs]);
        var refusal = await Assert.ThrowsAsync<JobException>(async () => await host.Manager.ListAsync(new JobFilter { Limit = limit }));
        Assert.Equal($"JobFilter.Limit is {limit}; it must be from 1 to 1000. Follow JobPage.NextCursor for more.", refusal.Message);
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private sealed record Greeting(string Text, string Name);

    private sealed record Picky
    {
        public Picky(int value) => Value = value == 13 ? throw new ArgumentException("13 is unlucky") : value;

        public int Value { get; }
    }
}
