using Xunit;

namespace Jobs.Analyzers.Tests.Calls;

/// <summary>Tasks that are dropped, and threads that are blocked.</summary>
public class TaskTests
{
    [Theory]
    [InlineData("{|JOB0201:client.Mail.EnqueueAsync(input)|};")]
    [InlineData("{|JOB0201:client.Sweep.EnqueueAsync()|};")]
    [InlineData("{|JOB0201:client.Mail.EnqueueAsync(input).AsTask()|};")]
    [InlineData("{|JOB0201:client.Mail.EnqueueAsync(input).ConfigureAwait(false)|};")]
    [InlineData("{|JOB0201:client.Mail.EnqueueManyAsync(inputs)|};")]
    [InlineData("{|JOB0201:job.CancelAsync()|};")]
    [InlineData("JobHandle? maybe = job; {|JOB0201:maybe?.CancelAsync()|};")]
    [InlineData("{|JOB0201:job.WaitForResultAsync()|};")]
    [InlineData("{|JOB0201:job.WaitForCompletionAsync()|};")]
    [InlineData("{|JOB0201:manager.CancelAsync(job.Id)|};")]
    [InlineData("Action later = () => {|JOB0201:client.Mail.EnqueueAsync(input)|}; later();")]
    [InlineData("foreach (var one in inputs) { {|JOB0201:client.Mail.EnqueueAsync(one)|}; }")]
    public async Task A_dropped_task(string statements)
    {
        await CallSite.VerifyAsync(statements, modifier: "");
        await CallSite.VerifyAsync(statements);
    }

    [Theory]
    [InlineData("await client.Mail.EnqueueAsync(input);")]
    [InlineData("await job.CancelAsync().ConfigureAwait(false);")]
    [InlineData("_ = client.Mail.EnqueueAsync(input);")]
    [InlineData("var task = client.Mail.EnqueueAsync(input); await task;")]
    [InlineData("await Task.WhenAll(inputs.Select(one => client.Mail.EnqueueAsync(one).AsTask()));")]
    [InlineData("Func<Task> later = async () => await client.Mail.EnqueueAsync(input); await later();")]
    [InlineData("Func<ValueTask<JobHandle>> later = () => client.Mail.EnqueueAsync(input); await later();")]
    [InlineData("System.Linq.Expressions.Expression<Action<IJobClient<MailInput>>> setup = mock => mock.EnqueueAsync(input, null, default); _ = setup;")]
    [InlineData("client.Mail.Validate(input);")]
    public Task A_task_that_somebody_has(string statements) => CallSite.VerifyAsync(statements);

    [Theory]
    [InlineData("_ = {|JOB0207:client.Mail.EnqueueAsync(input).Result|};")]
    [InlineData("_ = {|JOB0207:job.WaitForResultAsync().Result|};")]
    [InlineData("{|JOB0207:job.WaitForCompletionAsync().Wait()|};")]
    [InlineData("{|JOB0207:job.CancelAsync().AsTask().Wait(1000)|};")]
    [InlineData("_ = {|JOB0207:job.WaitForResultAsync().GetAwaiter().GetResult()|};")]
    [InlineData("_ = {|JOB0207:client.Count.EnqueueAsync(input).ConfigureAwait(false).GetAwaiter().GetResult()|};")]
    public Task A_blocked_thread(string statements) => CallSite.VerifyAsync(statements);

    [Theory]
    [InlineData("_ = Task.FromResult(1).Result;")]
    [InlineData("Task.Delay(1).Wait();")]
    [InlineData("_ = (await job.GetStatusAsync()).Result;")]
    public Task What_blocks_on_something_else(string statements) => CallSite.VerifyAsync(statements);
}
