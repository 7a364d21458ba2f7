using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Values;

public class AttributeValueTests
{
    [Theory]
    [InlineData("Timeout = {|JOB0101:\"\"|}")]
    [InlineData("Timeout = {|JOB0101:\"30\"|}")]
    [InlineData("Timeout = {|JOB0101:\"5 s\"|}")]
    [InlineData("BackoffDelay = {|JOB0101:\"1m2h\"|}")]
    [InlineData("MaxBackoffDelay = {|JOB0101:\"-1s\"|}")]
    [InlineData("RetainCompleted = {|JOB0101:\"1w\"|}")]
    [InlineData("RetainFailed = {|JOB0101:\"99999999999d\"|}")]
    [InlineData("Timeout = {|JOB0108:\"0s\"|}")]
    [InlineData("RetainFailed = {|JOB0108:\"400000d\"|}")]
    [InlineData("Queue = {|JOB0102:\"\"|}")]
    [InlineData("Queue = {|JOB0102:\"mail queue\"|}")]
    [InlineData("MaxAttempts = {|JOB0103:0|}")]
    [InlineData("MaxAttempts = {|JOB0103:1001|}")]
    [InlineData("MaxConcurrency = {|JOB0103:0|}")]
    [InlineData("GlobalConcurrency = {|JOB0103:0|}, KeyConcurrency = {|JOB0103:-1|}")]
    [InlineData("ProgressTimeout = {|JOB0108:\"0s\"|}")]
    [InlineData("Jitter = {|JOB0103:1.5|}")]
    [InlineData("Jitter = {|JOB0103:-1|}")]
    [InlineData("Jitter = {|JOB0103:double.NaN|}")]
    [InlineData("Backoff = {|JOB0103:(BackoffKind)7|}")]
    [InlineData("Cron = {|JOB0105:\"61 * * * *\"|}")]
    [InlineData("Cron = \"@daily\", TimeZone = {|JOB0104:\"Europe/Berne\"|}")]
    [InlineData("Cron = \"@daily\", Overlap = {|JOB0103:(OverlapPolicy)99|}")]
    [InlineData("BackoffDelay = {|JOB0109:\"10m\"|}, MaxBackoffDelay = \"1m\"")]
    [InlineData("RetainCompletedCount = {|JOB0103:0|}, RetainFailedCount = {|JOB0103:-1|}")]
    [InlineData("RetainCompleted = \"0s\", RetainCompletedCount = {|JOB0111:10|}")]
    [InlineData("RetainFailedCount = {|JOB0111:10|}, RetainFailed = \"0ms\"")]
    public Task A_value_that_the_run_time_would_refuse(string arguments) => VerifyAsync(arguments);

    [Theory]
    [InlineData("Timeout = \"1d10h30m5s250ms\", RetainCompleted = \"0s\", RetainFailed = \"365000d\"")]
    [InlineData("BackoffDelay = \"1s\", MaxBackoffDelay = \"1s\", Jitter = 0, MaxAttempts = 1, MaxConcurrency = 1, Priority = int.MinValue")]
    [InlineData("Queue = \"mail/eu.1:a_b-c\", Backoff = BackoffKind.Fixed, Jitter = 1, MaxAttempts = 1000, Priority = int.MaxValue")]
    [InlineData("Timeout = null, Queue = null")]
    [InlineData("Cron = \"0 2 * * *\", TimeZone = \"Europe/Zurich\"")]
    [InlineData("Cron = \"0 2 * * *\", TimeZone = \"UTC\"")]
    [InlineData("RetainCompleted = \"7d\", RetainCompletedCount = 1, RetainFailed = \"0s\"")]
    [InlineData("RetainCompletedCount = int.MaxValue, RetainFailedCount = 100")]
    public Task A_value_that_it_takes(string arguments) => VerifyAsync(arguments);

    [Fact]
    public Task The_schedules_of_a_job() => Analysis.VerifyAsync("""
        [Job]
        [JobSchedule("nightly", "0 2 * * *", TimeZone = "Europe/Zurich", Jitter = "5m")]
        [JobSchedule({|JOB0110:"every night"|}, {|JOB0105:"0 25 * * *"|}, TimeZone = {|JOB0104:"Zurich"|}, Jitter = {|JOB0101:"5 m"|}, Overlap = {|JOB0103:(OverlapPolicy)99|})]
        public sealed class Mail : IJobHandler
        {
            public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
        }
        """);

    [Fact]
    public async Task A_message_says_what_is_wrong_and_with_what()
    {
        var diagnostics = await Analysis.RunAsync(new TestProject(Complete("Timeout = \"5 minutes\", Queue = \"a b\", MaxAttempts = 0")));

        Assert.Equal(
            [
                "'5 minutes' is not a duration: a unit (d, h, m, s or ms) is expected at position 1",
                "'a b' cannot be a queue's name: it contains ' '; letters, digits, '-', '_', '.', ':' and '/' are allowed",
                "MaxAttempts is wrong: 0 is not from 1 to 1000",
            ],
            diagnostics.Select(diagnostic => diagnostic.GetMessage(null)));
    }

    private static Task VerifyAsync(string arguments) => Analysis.VerifyAsync(Complete(arguments));

    private static string Complete(string arguments) => $$"""
        [Job({{arguments}})]
        public sealed class Mail : IJobHandler
        {
            public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
        }
        """;
}
