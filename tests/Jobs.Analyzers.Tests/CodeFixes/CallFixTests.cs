using Jobs.Analyzers.Tests.Calls;
using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.CodeFixes;

public class CallFixTests
{
    [Fact]
    public Task A_dropped_call_is_awaited() => VerifyAsync(
        "JOB0201",
        "public async Task CallAsync(App.JobClient client) { client.Mail.EnqueueAsync(new(\"a\")); await Task.Yield(); }",
        "public async Task CallAsync(App.JobClient client) { await client.Mail.EnqueueAsync(new(\"a\")); await Task.Yield(); }");

    [Fact]
    public Task The_method_around_it_becomes_async() => VerifyAsync(
        "JOB0201",
        "public static void Call(App.JobClient client) { client.Mail.EnqueueAsync(new(\"a\")); }",
        "public static async Task Call(App.JobClient client) { await client.Mail.EnqueueAsync(new(\"a\")); }");

    [Fact]
    public Task A_local_function_without_modifiers_too() => VerifyAsync(
        "JOB0201",
        "public static void Call(App.JobClient client) { _ = Local; void Local() { client.Sweep.EnqueueAsync(); } }",
        "public static void Call(App.JobClient client) { _ = Local; async Task Local() { await client.Sweep.EnqueueAsync(); } }");

    [Theory]
    [InlineData("public Task CallAsync(App.JobClient client) { client.Sweep.EnqueueAsync(); return Task.CompletedTask; }")]
    [InlineData("public override string ToString() { Get().Sweep.EnqueueAsync(); return \"\"; } private static App.JobClient Get() => null!;")]
    [InlineData("public async Task CallAsync(JobHandle? job) { job?.CancelAsync(); await Task.Yield(); }")]
    [InlineData("public Action Make(App.JobClient client) => () => client.Sweep.EnqueueAsync();")]
    public async Task Where_more_would_have_to_change_there_is_no_fix(string method) => Assert.Empty(await Fixing.GetTitlesAsync("JOB0201", Complete(method)));

    [Fact]
    public Task A_blocked_result_is_awaited() => VerifyAsync(
        "JOB0207",
        "public async Task<JobId> CallAsync(App.JobClient client) { await Task.Yield(); return client.Mail.EnqueueAsync(new(\"a\")).AsTask().Result.Id; }",
        "public async Task<JobId> CallAsync(App.JobClient client) { await Task.Yield(); return (await client.Mail.EnqueueAsync(new(\"a\"))).Id; }");

    [Fact]
    public Task A_blocked_wait_is_awaited() => VerifyAsync(
        "JOB0207",
        "public void Call(JobHandle job) { job.WaitForCompletionAsync().Wait(); }",
        "public async Task Call(JobHandle job) { await job.WaitForCompletionAsync(); }");

    [Fact]
    public Task A_blocked_awaiter_is_awaited() => VerifyAsync(
        "JOB0207",
        "public void Call(JobHandle<int> job) { var x = job.WaitForResultAsync().GetAwaiter().GetResult(); }",
        "public async Task Call(JobHandle<int> job) { var x = await job.WaitForResultAsync(); }");

    [Fact]
    public Task A_loop_becomes_one_call() => VerifyAsync(
        "JOB0206",
        "public async Task CallAsync(App.JobClient client, string[] names, CancellationToken token) { foreach (var name in names) { await client.Mail.EnqueueAsync(new MailInput(name), new() { Priority = 1 }, token); } }",
        "public async Task CallAsync(App.JobClient client, string[] names, CancellationToken token) { await client.Mail.EnqueueManyAsync(names.Select(name => new MailInput(name)), new() { Priority = 1 }, token); }");

    [Fact]
    public Task A_loop_over_inputs_needs_no_projection() => VerifyAsync(
        "JOB0206",
        "public async Task CallAsync(App.JobClient client, MailInput[] inputs) { foreach (var input in inputs) await client.Mail.EnqueueAsync(input); }",
        "public async Task CallAsync(App.JobClient client, MailInput[] inputs) { await client.Mail.EnqueueManyAsync(inputs); }");

    [Theory]
    [InlineData("public async Task CallAsync(App.JobClient client, int[] all) { foreach (var one in all) { await client.Mail.EnqueueAsync(new MailInput(\"a\"), new() { Priority = one }); } }")]
    [InlineData("public async Task CallAsync(App.JobClient client, int[] all) { foreach (var one in all) { await client.Mail.EnqueueAsync(new MailInput(\"a\")); Console.WriteLine(one); } }")]
    [InlineData("public async Task CallAsync(App.JobClient client) { for (var i = 0; i < 3; i++) { await client.Mail.EnqueueAsync(new MailInput(\"a\")); } }")]
    public async Task A_loop_that_does_more_has_no_fix(string method) => Assert.Empty(await Fixing.GetTitlesAsync("JOB0206", Complete(method)));

    [Fact]
    public Task An_overridden_option_is_removed() => VerifyAsync(
        "JOB0202",
        "public EnqueueOptions Make() => new() { Delay = \"5m\", RunAt = DateTimeOffset.UtcNow };",
        "public EnqueueOptions Make() => new() { RunAt = DateTimeOffset.UtcNow };");

    private static Task VerifyAsync(string id, string before, string after) => Fixing.VerifyAsync(id, Complete(before), Complete(after));

    private static string Complete(string method) => CallSite.Complete($$"""public class Caller { {{method}} }""");
}
