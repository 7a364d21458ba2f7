using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Values;

public class OptionValueTests
{
    [Theory]
    [InlineData("JobDuration d = {|JOB0101:\"5x\"|};")]
    [InlineData("const string Text = \"5x\"; JobDuration d = {|JOB0101:Text|};")]
    [InlineData("JobDuration? d = {|JOB0101:\"\"|};")]
    [InlineData("var d = JobDuration.Parse({|JOB0101:\"1h 30m\"|});")]
    [InlineData("JobDuration d = {|JOB0108:TimeSpan.FromSeconds(-5)|};")]
    [InlineData("JobDuration d = {|JOB0108:-TimeSpan.FromMinutes(5)|};")]
    [InlineData("throw context.Snooze({|JOB0101:\"soon\"|});")]
    [InlineData("throw context.RetryAfter({|JOB0108:TimeSpan.FromDays(-1)|}, \"later\");")]
    [InlineData("context.ExtendTimeout({|JOB0101:\"1\"|});")]
    [InlineData("_ = new EnqueueOptions { Delay = {|JOB0101:\"5 m\"|} };")]
    [InlineData("_ = new EnqueueOptions { Delay = {|JOB0108:\"400000d\"|} };")]
    [InlineData("_ = new EnqueueOptions { Delay = {|JOB0108:TimeSpan.FromSeconds(-1)|} };")]
    [InlineData("_ = new EnqueueOptions { Timeout = {|JOB0108:\"0s\"|} };")]
    [InlineData("_ = new EnqueueOptions { Timeout = {|JOB0108:TimeSpan.Zero|} };")]
    [InlineData("_ = new EnqueueOptions { Queue = {|JOB0102:\"a b\"|} };")]
    [InlineData("_ = new EnqueueOptions() with { Queue = {|JOB0102:\"\"|} };")]
    [InlineData("_ = new EnqueueOptions { MaxAttempts = {|JOB0103:0|} };")]
    [InlineData("_ = new EnqueueOptions { Jitter = {|JOB0103:2|} };")]
    [InlineData("_ = new EnqueueOptions { Backoff = {|JOB0103:(BackoffKind)9|} };")]
    [InlineData("_ = new EnqueueOptions { IdempotencyKey = {|JOB0107:\"\"|} };")]
    [InlineData("_ = new EnqueueOptions { Submitter = {|JOB0107:\"a\\0b\"|} };")]
    [InlineData("_ = new EnqueueOptions { Tags = [\"good\", {|JOB0107:\"\"|}] };")]
    [InlineData("_ = new EnqueueOptions { Tags = new[] { {|JOB0107:\"\"|} } };")]
    [InlineData("_ = new EnqueueOptions { OnCompleted = new Uri({|JOB0106:\"done\"|}), OnFailed = new({|JOB0106:\"ftp://example.com/a\"|}) };")]
    [InlineData("_ = new EnqueueOptions { OnFailed = new Uri({|JOB0106:\"https://user:secret@example.com/\"|}, UriKind.Absolute) };")]
    [InlineData("_ = new EnqueueOptions { OnCompleted = new Uri({|JOB0205:\"http://example.com/\"|}) };")]
    [InlineData("_ = new QueueOptions { MaxConcurrency = {|JOB0103:0|}, MaxAttempts = {|JOB0103:5000|}, Timeout = {|JOB0108:\"0s\"|} };")]
    [InlineData("_ = new WorkerOptions { Concurrency = {|JOB0103:0|}, LeaseDuration = {|JOB0108:TimeSpan.FromMilliseconds(10)|} };")]
    [InlineData("builder.Worker(worker => { worker.PollInterval = {|JOB0108:TimeSpan.Zero|}; worker.Queues.Add({|JOB0102:\"a b\"|}); });")]
    [InlineData("builder.Worker(worker => worker.ShutdownGrace = {|JOB0108:TimeSpan.FromHours(25)|});")]
    [InlineData("builder.Queue({|JOB0102:\"a b\"|}, queue => queue.MaxAttempts = 3);")]
    [InlineData("_ = new JobFilter { Limit = {|JOB0103:0|} };")]
    [InlineData("await context.ReportProgressAsync({|JOB0103:101|}, cancellationToken: token);")]
    [InlineData("await context.ReportProgressAsync({|JOB0103:-0.5|}, cancellationToken: token);")]
    [InlineData("await manager.SubmitAsync({|JOB0002:\"no name\"|}, default, cancellationToken: token);")]
    [InlineData("await client.ScheduleAsync({|JOB0110:\"every night\"|}, {|JOB0105:\"every nite\"|}, new() { TimeZone = {|JOB0104:\"Mars/Base\"|}, MaxRuns = {|JOB0103:0|}, MaxCatchUp = {|JOB0103:0|} }, token);")]
    [InlineData("_ = CronExpression.Parse({|JOB0105:\"61 * * * *\"|});")]
    public Task A_constant_that_the_run_time_would_refuse(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("JobDuration d = \"1d10h30m\"; d = TimeSpan.Zero; d = unknown; d = TimeSpan.FromSeconds(5);")]
    [InlineData("JobDuration d = TimeSpan.FromSeconds(unknown.Length);")]
    [InlineData("_ = JobDuration.TryParse(\"5x\", out _);")]
    [InlineData("_ = CronExpression.TryParse(\"nonsense\", out _);")]
    [InlineData("_ = CronExpression.Parse(\"*/5 9-17 * * MON-FRI\");")]
    [InlineData("_ = new EnqueueOptions { Delay = \"0s\", Timeout = \"1ms\", Queue = \"mail\", MaxAttempts = 3, Jitter = 0.5, Priority = -5 };")]
    [InlineData("_ = new EnqueueOptions { IdempotencyKey = unknown, Tags = [\"a\", unknown], Submitter = null, Timeout = null };")]
    [InlineData("_ = new WorkerOptions { Concurrency = 1, LeaseDuration = TimeSpan.FromSeconds(30), PollInterval = TimeSpan.FromSeconds(1) };")]
    [InlineData("_ = new EnqueueOptions { OnCompleted = new Uri(\"https://example.com/\"), OnFailed = new Uri(\"http://localhost:5000/\") };")]
    [InlineData("_ = new EnqueueOptions { OnCompleted = new Uri(unknown), OnFailed = null };")]
    [InlineData("await context.ReportProgressAsync(100, cancellationToken: token); await context.ReportProgressAsync(0, cancellationToken: token);")]
    [InlineData("await client.ScheduleAsync(\"nightly\", \"0 2 * * *\", new() { TimeZone = \"Europe/Zurich\", MaxRuns = 1 }, token);")]
    [InlineData("var other = new { Queue = \"a b\", MaxAttempts = 0 };")]
    [InlineData("var span = TimeSpan.FromSeconds(-5);")]
    [InlineData("JobDuration d = -TimeSpan.MinValue;")]
    public Task A_constant_that_it_takes_and_what_is_not_constant(string statements) => VerifyAsync(statements);

    private static Task VerifyAsync(string statements) => Analysis.VerifyAsync($$"""
        #pragma warning disable CS0219, CS1998, CS0162
        public static class Caller
        {
            public static async Task CallAsync(JobContext context, IJobClient client, JobsBuilder builder, IJobManager manager, string unknown, CancellationToken token)
            {
                {{statements}}
            }
        }
        """);
}
