using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Registry;

public sealed class JobRegistryTests
{
    [Fact]
    public async Task A_job_is_found_by_its_name_and_by_its_former_names()
    {
        await using var host = TestHost.Build([new TestAssembly().Add(TestJob.Of<Input, int>("job", static (_, _, _) => new(1), new JobDefaults { Queue = "q", MaxAttempts = 7, Timeout = "5s" }, aliases: ["former"]))]);
        var job = host.Registry.Get("job");
        Assert.Same(job, host.Registry.Get("former"));
        Assert.Same(job, Assert.Single(host.Registry.Jobs));
        Assert.Equal(("job", "What job does.", "q", typeof(Input), typeof(int), 7, TimeSpan.FromSeconds(5), false), (job.Name, job.Description, job.Queue, job.InputType, job.ResultType, job.MaxAttempts, job.Timeout!.Value, job.IsDisabled));
        Assert.False(host.Registry.TryGet("other", out _));
        Assert.Throws<JobNotFoundException>(() => host.Registry.Get("other"));
    }

    [Fact]
    public async Task The_schema_of_an_input_is_one_of_2020_12()
    {
        await using var host = TestHost.Build([new TestAssembly().Add<Input, int>("job", static (_, _, _) => new(1)).Add("none", static (_, _) => Task.CompletedTask)]);
        var schema = host.Registry.Get("job").InputSchema;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.Equal(["name"], schema.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal("string", schema.GetProperty("properties").GetProperty("name").GetProperty("type").GetString());
        Assert.Equal("""{"type":"object","additionalProperties":false}""", host.Registry.Get("none").InputSchema.GetRawText());
    }

    [Fact]
    public void Two_jobs_with_one_name_are_refused() => Refused(
        new TestAssembly().Add(TestJob.Of<int, int>("job", static (_, _, _) => new(1), handlerType: typeof(string))).Add(TestJob.Of<int, int>("job", static (_, _, _) => new(1), handlerType: typeof(Uri))),
        "Two jobs are named 'job': System.String and System.Uri. Give one of them another name, [Job(\"…\")]; if one handles the other's contract, say so with [Job(Contract = typeof(…))].");

    [Fact]
    public void A_dead_letter_target_that_takes_something_else_is_refused() => Refused(
        new TestAssembly().Add(TestJob.Of<int, int>("a", static (_, _, _) => new(1), new JobDefaults { DeadLetterTo = "b" }, handlerType: typeof(string))).Add(TestJob.Of<int, int>("b", static (_, _, _) => new(1), handlerType: typeof(Uri))),
        "[Job] of 'System.String': DeadLetterTo is wrong: job 'b' takes System.Int32, and a letter of this job needs Jobs.DeadLetter`1[System.Int32] or Jobs.DeadLetter.");

    [Fact]
    public void A_dead_letter_target_that_is_not_there_is_refused() => Refused(
        new TestAssembly().Add(TestJob.Of<int, int>("a", static (_, _, _) => new(1), new JobDefaults { DeadLetterTo = "b" }, handlerType: typeof(string))),
        "[Job] of 'System.String': DeadLetterTo is wrong: this application has no job 'b'. Reference the assembly that declares it.");

    [Fact]
    public void An_alias_that_names_another_job_is_refused() => Refused(
        new TestAssembly().Add(TestJob.Of<int, int>("a", static (_, _, _) => new(1), handlerType: typeof(string))).Add(TestJob.Of<int, int>("b", static (_, _, _) => new(1), aliases: ["a"], handlerType: typeof(Uri))),
        "'a' is an alias of job 'b' (System.Uri), but it also names job 'a' (System.String). Remove the alias, or rename one of them.");

    [Theory]
    [InlineData("a b", null, null, null, "[Job] of 'System.Uri': Name is wrong: 'a b' is not a job's name: it contains ' '; letters, digits, '-', '_', '.', ':' and '/' are allowed.")]
    [InlineData("a", "x y", null, null, "[Job] of 'System.Uri': Aliases is wrong: 'x y' is not a job's name: it contains ' '; letters, digits, '-', '_', '.', ':' and '/' are allowed.")]
    [InlineData("a", null, "x y", null, "[Job] of 'System.Uri': Queue is wrong: 'x y' is not a queue's name: it contains ' '; letters, digits, '-', '_', '.', ':' and '/' are allowed.")]
    [InlineData("a", null, null, "5 s", "[Job] of 'System.Uri': Timeout is wrong: '5 s' is not a duration: a unit (d, h, m, s or ms) is expected at position 1. Write it like \"5s\" or \"1h30m\".")]
    [InlineData("a", null, null, "0s", "[Job] of 'System.Uri': Timeout is wrong: it must be more than zero; leave it out for no limit.")]
    [InlineData("a", null, null, "365001d", "[Job] of 'System.Uri': Timeout is wrong: 365001d is longer than 1,000 years.")]
    public void What_an_attribute_says_wrongly_is_refused(string name, string? alias, string? queue, string? timeout, string message) => Refused(
        new TestAssembly().Add(TestJob.Of<int, int>(name, static (_, _, _) => new(1), new JobDefaults { Queue = queue, Timeout = timeout }, aliases: alias is null ? null : [alias], handlerType: typeof(Uri))),
        message);

    [Theory]
    [InlineData(0, null, 0.0, "MaxAttempts is wrong: 0 is not from 1 to 1000.")]
    [InlineData(1, 0, 0.0, "MaxConcurrency is wrong: 0 is less than 1.")]
    [InlineData(1, null, 1.1, "Jitter is wrong: 1.1 is not from 0 to 1.")]
    public void Numbers_out_of_range_are_refused(int attempts, int? concurrency, double jitter, string message) => Refused(
        new TestAssembly().Add(TestJob.Of<int, int>("a", static (_, _, _) => new(1), new JobDefaults { MaxAttempts = attempts, MaxConcurrency = concurrency, Jitter = jitter }, handlerType: typeof(Uri))),
        "[Job] of 'System.Uri': " + message);

    [Theory]
    [InlineData(0, null, null, "RetainCompletedCount is wrong: 0 is less than 1; to keep none, set the duration beside it to \"0s\".")]
    [InlineData(null, -1, null, "RetainFailedCount is wrong: -1 is less than 1; to keep none, set the duration beside it to \"0s\".")]
    [InlineData(7, null, "0s", "RetainCompletedCount is wrong: 7 records are to be kept, and RetainCompleted \"0s\" keeps none. Leave one of them out.")]
    public void A_number_of_records_that_cannot_be_kept_is_refused(int? completed, int? failed, string? age, string message) => Refused(
        new TestAssembly().Add(TestJob.Of<int, int>("a", static (_, _, _) => new(1), new JobDefaults { RetainCompletedCount = completed, RetainFailedCount = failed, RetainCompleted = age }, handlerType: typeof(Uri))),
        "[Job] of 'System.Uri': " + message);

    [Fact]
    public async Task A_contract_and_its_handler_are_one_job()
    {
        var contract = new TestAssembly().Add(TestJob.Of<int, int>("job", null, contractType: typeof(IJobContract)));
        var handler = new OtherTestAssembly().Add(TestJob.Of<int, int>("job", static (input, _, _) => new(input), handlerType: typeof(Uri), contractType: typeof(IJobContract)));
        await using var host = TestHost.Build([contract, handler]);
        await host.Host.StartAsync();
        Assert.Single(host.Registry.Jobs);
        Assert.Equal(8, await (await host.Client<int, int>("job").EnqueueAsync(8)).WaitForResultAsync().SoonAsync());
    }

    [Fact]
    public async Task A_contract_without_its_handler_can_be_enqueued_and_runs_elsewhere()
    {
        await using var client = await TestHost.StartAsync(new TestAssembly().Add(TestJob.Of<int, int>("job", null, contractType: typeof(IJobContract))));
        var handle = await client.Client<int, int>("job").EnqueueAsync(8);
        Assert.Empty(await client.Manager.ListWorkersAsync());
        await using var worker = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", static (input, _, _) => new(input * 2)), storage: client.Storage);
        Assert.Equal(16, await handle.WaitForResultAsync().SoonAsync());
    }

    private static void Refused(TestAssembly assembly, string message)
    {
        var host = TestHost.Build([assembly]);
        var refusal = Assert.Throws<JobException>(() => host.Services.GetRequiredService<IJobRegistry>());
        Assert.Equal((JobErrorCodes.Configuration, message), (refusal.Code, refusal.Message));
    }

    private sealed record Input(string Name, int Count = 3);
}
