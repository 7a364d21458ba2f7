using Jobs.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Jobs.Runtime.Tests.Hosting;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task Every_key_binds()
    {
        await using var host = TestHost.Build([new TestAssembly()], static jobs => jobs.Configure(Section(
            ("Worker:Concurrency", "7"),
            ("Worker:Queues:0", "mail"),
            ("Worker:Queues:1", "slow"),
            ("Worker:ShutdownGrace", "3s"),
            ("Worker:LeaseDuration", "40s"),
            ("Worker:HeartbeatInterval", "5s"),
            ("Worker:PollInterval", "200ms"),
            ("Worker:MaxTakeovers", "9"),
            ("Worker:NoHandlerGrace", "1h30m"),
            ("Worker:AbandonGrace", "0s"),
            ("worker:maintenanceInterval", "2m"),
            ("Queues:mail:MaxConcurrency", "2"),
            ("Queues:mail:MaxAttempts", "11"),
            ("Queues:mail:Timeout", "30s"),
            ("Jobs:report:RetainCompletedCount", "20"),
            ("Jobs:report:RetainFailedCount", "5"),
            ("Limits:MaxPayloadBytes", "1000"),
            ("Limits:MaxResultBytes", "2000"),
            ("Limits:MaxSteps", "30"))));
        var settings = host.Services.GetRequiredService<JobsSettings>();
        var worker = settings.Worker;
        Assert.Equal((7, 9), (worker.Concurrency, worker.MaxTakeovers));
        Assert.Equal(["mail", "slow"], worker.Queues);
        Assert.Equal([3, 40, 5, 0.2, 5400, 0, 120], new[] { worker.ShutdownGrace, worker.LeaseDuration, worker.HeartbeatInterval, worker.PollInterval, worker.NoHandlerGrace, worker.AbandonGrace, worker.MaintenanceInterval }.Select(static span => span.TotalSeconds));
        var queue = settings.FindQueue("mail")!;
        Assert.Equal((2, 11, TimeSpan.FromSeconds(30)), (queue.MaxConcurrency, queue.MaxAttempts, queue.Timeout!.Value.Value));
        Assert.Equal((20, 5), (settings.Jobs["report"].RetainCompletedCount, settings.Jobs["report"].RetainFailedCount));
        Assert.Equal((1000, 2000, 30), (settings.Limits.MaxPayloadBytes, settings.Limits.MaxResultBytes, settings.Limits.MaxSteps));
    }

    [Fact]
    public async Task Code_wins_over_configuration()
    {
        await using var host = TestHost.Build([new TestAssembly()], static jobs => jobs.Worker(static worker => worker.Concurrency = 3).Configure(Section(("Worker:Concurrency", "7"))));
        Assert.Equal(3, host.Services.GetRequiredService<JobsSettings>().Worker.Concurrency);
    }

    [Theory]
    [InlineData("JobLogs:MinimumLevel", "loud", "The configuration value 'Jobs:JobLogs:MinimumLevel' is 'loud'; a level such as \"Warning\", or \"None\", is expected.")]
    [InlineData("JobLogs:MaxLines", "0", "The configuration of jobs is wrong: JobLogs.MaxLines is 0; it must be from 1 to 100,000.")]
    [InlineData("Events:IsStored", "maybe", "The configuration value 'Jobs:Events:IsStored' is 'maybe'; true or false is expected.")]
    [InlineData("Events:Retention", "1s", "The configuration of jobs is wrong: Events.Retention is 00:00:01; it must be from 1 minute to 10 years.")]
    [InlineData("Wroker:Concurrency", "1", "The configuration key 'Jobs:Wroker' means nothing; Worker, Queues, Jobs, Limits, JobLogs or Events is expected. Check the spelling.")]
    [InlineData("Worker:Concurency", "1", "The configuration key 'Jobs:Worker:Concurency' means nothing; an option of the worker is expected. Check the spelling.")]
    [InlineData("Queues:mail:Tiemout", "1s", "The configuration key 'Jobs:Queues:mail:Tiemout' means nothing; MaxConcurrency, RateLimit, KeyRateLimit, MaxAttempts or Timeout is expected. Check the spelling.")]
    [InlineData("Limits:Max", "1", "The configuration key 'Jobs:Limits:Max' means nothing; MaxPayloadBytes, MaxResultBytes or MaxSteps is expected. Check the spelling.")]
    [InlineData("Worker:Concurrency", "many", "The configuration value 'Jobs:Worker:Concurrency' is 'many'; a whole number is expected.")]
    [InlineData("Worker:PollInterval", "1", "The configuration value 'Jobs:Worker:PollInterval' is '1'; a duration such as \"30s\" or \"1h30m\" is expected.")]
    [InlineData("Worker:Queues", "mail", "The configuration value 'Jobs:Worker:Queues' is 'mail'; a group of keys, or a list, is expected.")]
    [InlineData("Worker", "16", "The configuration value 'Jobs:Worker' is '16'; a group of keys, or a list, is expected.")]
    [InlineData("Worker:Concurrency", "0", "The configuration of jobs is wrong: Worker.Concurrency is 0; it must be from 1 to 10,000.")]
    [InlineData("Worker:Queues:0", "a b", "The configuration of jobs is wrong: Worker.Queues contains 'a b', which is not a queue's name: it contains ' '; letters, digits, '-', '_', '.', ':' and '/' are allowed.")]
    [InlineData("Worker:LeaseDuration", "500ms", "The configuration of jobs is wrong: Worker.LeaseDuration is 00:00:00.5000000; it must be from 1 second to 1 hour. Worker.HeartbeatInterval is 00:00:10; it must be more than 0 and at most half of Worker.LeaseDuration (00:00:00.5000000).")]
    [InlineData("Worker:HeartbeatInterval", "16s", "The configuration of jobs is wrong: Worker.HeartbeatInterval is 00:00:16; it must be more than 0 and at most half of Worker.LeaseDuration (00:00:30).")]
    [InlineData("Worker:PollInterval", "0s", "The configuration of jobs is wrong: Worker.PollInterval is 00:00:00; it must be from 1 millisecond to 1 hour.")]
    [InlineData("Worker:MaintenanceInterval", "2h", "The configuration of jobs is wrong: Worker.MaintenanceInterval is 02:00:00; it must be from 10 milliseconds to 1 hour.")]
    [InlineData("Worker:MaxTakeovers", "-1", "The configuration of jobs is wrong: Worker.MaxTakeovers is -1; it must not be negative.")]
    [InlineData("Worker:ShutdownGrace", "31s", "The configuration of jobs is wrong: Worker.ShutdownGrace (00:00:31) is longer than the host's shutdown timeout (00:00:30), which would cut the drain short. Shorten it, or raise HostOptions.ShutdownTimeout.")]
    [InlineData("Queues:mail:MaxConcurrency", "0", "The configuration of jobs is wrong: Queues.mail.MaxConcurrency is 0; it must be at least 1.")]
    [InlineData("Queues:mail:MaxAttempts", "1001", "The configuration of jobs is wrong: Queues.mail.MaxAttempts is 1001; it must be from 1 to 1000.")]
    [InlineData("Queues:mail:Timeout", "0s", "The configuration of jobs is wrong: Queues.mail.Timeout is 0s; it must be more than 0 and at most 1,000 years.")]
    [InlineData("Jobs:report:RetainCompleted", "1d", "The configuration key 'Jobs:Jobs:report:RetainCompleted' means nothing; RateLimit, KeyRateLimit, RetainCompletedCount or RetainFailedCount is expected. Check the spelling.")]
    [InlineData("Jobs:report:RetainCompletedCount", "0", "The configuration of jobs is wrong: Jobs.report.RetainCompletedCount is wrong: 0 is less than 1; to keep none, set the duration beside it to \"0s\".")]
    [InlineData("Jobs:report:RetainFailedCount", "-3", "The configuration of jobs is wrong: Jobs.report.RetainFailedCount is wrong: -3 is less than 1; to keep none, set the duration beside it to \"0s\".")]
    [InlineData("Limits:MaxPayloadBytes", "0", "The configuration of jobs is wrong: Limits.MaxPayloadBytes is 0; it must be more than 0.")]
    [InlineData("Limits:MaxSteps", "0", "The configuration of jobs is wrong: Limits.MaxSteps is 0; it must be more than 0.")]
    [InlineData("Limits:MaxResultBytes", "0", "The configuration of jobs is wrong: Limits.MaxResultBytes is 0; it must be more than 0.")]
    public async Task What_is_wrong_is_refused_at_start_with_a_message_that_names_it(string key, string value, string message)
    {
        await using var host = TestHost.Build([new TestAssembly()], jobs => jobs.Configure(Section((key, value))));
        var refusal = await Assert.ThrowsAsync<JobException>(() => host.Host.StartAsync());
        Assert.Equal((JobErrorCodes.Configuration, message), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task A_host_that_never_times_out_allows_any_grace()
    {
        await using var host = TestHost.Build(
            [new TestAssembly()],
            static jobs => jobs.Worker(static worker => worker.ShutdownGrace = TimeSpan.FromMinutes(10)),
            static services => services.Configure<HostOptions>(static options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan));
        await host.Host.StartAsync();
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] pairs) =>
        new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(static pair => KeyValuePair.Create("Jobs:" + pair.Key, (string?)pair.Value))).Build().GetSection("Jobs");
}
