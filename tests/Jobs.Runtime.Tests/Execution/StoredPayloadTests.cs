using System.Text;
using Jobs.Metadata;
using Jobs.Storage;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

public sealed class StoredPayloadTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":"breaks the rule"}""")]
    [InlineData("""{"name":"refused by the constructor"}""")]
    public async Task A_payload_that_is_no_valid_input_fails_for_good_and_the_handler_never_runs(string payload)
    {
        var hasRun = false;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add(TestJob.Of<Input, int>("job", (_, _, _) => { hasRun = true; return new(1); }, new JobDefaults { MaxAttempts = 5 }, validate: static (input, _) =>
            input is null ? [new(string.Empty, "The input is required.", "Required")] : input.Name == "breaks the rule" ? [new("Name", "It is wrong.", "Own")] : [])));
        var inserted = await host.Storage.InsertAsync(new JobRecord { Name = "job", Queue = "default", Payload = Encoding.UTF8.GetBytes(payload), Policy = JobPolicy.Default with { MaxAttempts = 5 } }, null, default);
        var job = await (await host.Client<Input, int>("job").GetAsync(inserted.Id))!.EndAsync();
        Assert.Equal((JobStatus.Failed, FailureReason.InvalidPayload, 1), (job.Status, job.FailureReason, job.Attempt));
        Assert.StartsWith("The stored payload ", job.Error, StringComparison.Ordinal);
        Assert.False(hasRun);
    }

    private sealed record Input
    {
        public Input(string name) => Name = name.StartsWith("refused", StringComparison.Ordinal) ? throw new ArgumentException("no such name") : name;

        public string Name { get; }
    }
}
