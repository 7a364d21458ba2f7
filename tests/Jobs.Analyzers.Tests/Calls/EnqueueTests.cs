using Xunit;

namespace Jobs.Analyzers.Tests.Calls;

/// <summary>Options that do not go together, and loops.</summary>
public class EnqueueTests
{
    [Theory]
    [InlineData("""await client.Mail.EnqueueAsync(input, new() { {|JOB0202:Delay = "5m"|}, RunAt = DateTimeOffset.UtcNow });""")]
    [InlineData("""var options = new EnqueueOptions { RunAt = DateTimeOffset.UtcNow, {|JOB0202:Delay = TimeSpan.FromSeconds(1)|} }; _ = options;""")]
    [InlineData("""var options = new EnqueueOptions(); options = options with { {|JOB0202:Delay = "1s"|}, RunAt = DateTimeOffset.UtcNow };""")]
    public Task Delay_beside_RunAt(string statements) => CallSite.VerifyAsync(statements);

    [Theory]
    [InlineData("RunAt = {|JOB0203:new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero)|}")]
    [InlineData("RunAt = {|JOB0203:new DateTime(2020, 1, 2)|}")]
    [InlineData("RunAt = {|JOB0203:new DateTimeOffset(new DateTime(2020, 1, 2))|}")]
    [InlineData("RunAt = {|JOB0203:DateTimeOffset.MinValue|}")]
    [InlineData("RunAt = {|JOB0203:DateTimeOffset.UnixEpoch|}")]
    [InlineData("RunAt = {|JOB0203:DateTimeOffset.Parse(\"2020-01-02T03:04:05Z\")|}")]
    public Task RunAt_in_the_past(string option) => CallSite.VerifyAsync($"await client.Mail.EnqueueAsync(input, new() {{ {option} }});");

    [Theory]
    [InlineData("Delay = \"5m\"")]
    [InlineData("Delay = null, RunAt = DateTimeOffset.UtcNow")]
    [InlineData("Delay = default, RunAt = DateTimeOffset.UtcNow")]
    [InlineData("RunAt = new DateTimeOffset(9998, 1, 2, 3, 4, 5, TimeSpan.Zero)")]
    [InlineData("RunAt = new DateTimeOffset(2020, 13, 2, 3, 4, 5, TimeSpan.Zero)")]
    [InlineData("RunAt = new DateTimeOffset(DateTime.UtcNow.Year, 1, 1, 0, 0, 0, TimeSpan.Zero)")]
    [InlineData("RunAt = DateTimeOffset.UtcNow.AddDays(1)")]
    [InlineData("RunAt = DateTimeOffset.Parse(\"some day\")")]
    public Task Options_that_go_together(string option) => CallSite.VerifyAsync($"await client.Mail.EnqueueAsync(input, new() {{ {option} }});");

    [Theory]
    [InlineData("foreach (var one in inputs) { await {|JOB0206:client.Mail.EnqueueAsync(one)|}; }")]
    [InlineData("foreach (var one in inputs) await {|JOB0206:client.Mail.EnqueueAsync(one)|};")]
    [InlineData("for (var i = 0; i < 10; i++) { await {|JOB0206:client.Count.EnqueueAsync(new($\"{i}\"))|}.ConfigureAwait(false); }")]
    public Task An_enqueue_per_turn(string statements) => CallSite.VerifyAsync(statements);

    [Theory]
    [InlineData("foreach (var one in inputs) { var handle = await client.Mail.EnqueueAsync(one); Console.WriteLine(handle.Id); }")]
    [InlineData("foreach (var one in inputs) { if (one.To.Length > 0) { await client.Mail.EnqueueAsync(one); } }")]
    [InlineData("foreach (var one in inputs) { try { await client.Mail.EnqueueAsync(one); } catch (JobValidationException) { } }")]
    [InlineData("for (var i = 0; i < 10; i++) { await client.Sweep.EnqueueAsync(); }")]
    [InlineData("while (inputs.Count > 0) { await client.Mail.EnqueueAsync(inputs[0]); }")]
    [InlineData("foreach (var one in inputs) { Func<Task> later = async () => { await client.Mail.EnqueueAsync(one); }; await later(); }")]
    public Task An_enqueue_that_is_a_decision_of_its_own(string statements) => CallSite.VerifyAsync(statements);
}
