using Microsoft.Extensions.Logging;

namespace Jobs.Hosting.Tests.Secrecy;

/// <summary>What jobs carry, and the password of their storage, are in no line of the log at its default level, and the password in no error.</summary>
public abstract class SecrecyTests
{
    protected const string Password = "password-0451";

    private const string Secret = "secret-8128";
    private const string JobsCategory = "Jobs";

    /// <summary>Payloads that cannot be read, or break a rule, each in another way.</summary>
    private static readonly string[] _poisons =
    [
        Secret,
        $"\"{Secret}\"",
        $$$"""{"text":{"{{{Secret}}}":1}}""",
        $$"""{"text":"x","mood":"{{Secret}}"}""",
        $$$"""{"text":"x","counts":{"{{{Secret}}}":"x"}}""",
        $$$"""{"text":"x","passPhrase":{"words":"{{{Secret}}}"}}""",
        $$"""{"text":"a text that is longer than it may be: {{Secret}}"}""",
        $$"""{"text":"!{{Secret}}"}""",
    ];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected DefaultLog Log { get; } = new();

    [Fact]
    public async Task What_jobs_carry_is_not_logged_however_they_end()
    {
        var storage = await CreateStorageAsync();
        await using (var application = await StartAsync(storage))
        {
            var kept = await application.Jobs.Confide.EnqueueAsync(new(Secret), cancellationToken: Cancellation);
            Assert.Equal(Secret, await kept.WaitForResultAsync(Cancellation));

            var refused = await application.Jobs.Confide.EnqueueAsync(new(Secret, Mood.Unwell), cancellationToken: Cancellation);
            await Assert.ThrowsAsync<JobFailedException>(() => refused.WaitForResultAsync(Cancellation));
            await Assert.ThrowsAsync<JobValidationException>(async () => await application.Jobs.Confide.EnqueueAsync(new('!' + Secret), cancellationToken: Cancellation));
            foreach (var poison in _poisons)
            {
                var poisoned = await application.Jobs.Confide.EnqueueAsync(new(Secret), new() { Delay = "1h" }, Cancellation);
                await PoisonAsync(storage, poison);
                Assert.True(await application.Manager.PromoteAsync(poisoned.Id, Cancellation));
                var failed = await Assert.ThrowsAsync<JobFailedException>(() => poisoned.WaitForResultAsync(Cancellation));
                Assert.Equal(FailureReason.InvalidPayload, failed.Job.FailureReason);
            }

            await application.Jobs.Confide.EnqueueAsync(new(Secret), new() { Delay = "1h" }, Cancellation);
            await PoisonAsync(storage, _poisons[^2]);
        }

        const int attemptFailed = 10, jobFailed = 11, unreadableJobs = 51;
        await using (await StartAsync(storage))
            await Log.WaitForAsync(JobsCategory, attemptFailed, jobFailed, unreadableJobs);

        Assert.Equal([], Log.Lines.Where(static line => line.Contains(Secret, StringComparison.Ordinal)));
        AssertNoPassword();
    }

    /// <summary>The connection string to a new storage. It has the password, where the storage takes one.</summary>
    protected abstract Task<string> CreateStorageAsync();

    protected abstract void Use(JobsBuilder jobs, string storage);

    /// <summary>Changes the payloads of all jobs.</summary>
    protected abstract Task PoisonAsync(string storage, string payload);

    private protected Task<Application> StartAsync(string storage) =>
        Application.StartAsync(services => services.AddLogging(logging => logging.AddProvider(Log)).AddJobs(jobs => Use(jobs, storage)));

    /// <summary>An application that cannot start says why, and not how its storage is reached.</summary>
    protected async Task CannotStartAsync(string storage, string code, string expected)
    {
        var error = await Assert.ThrowsAsync<JobException>(() => StartAsync(storage));

        Assert.Equal(code, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        AssertNoPassword();
    }

    protected void AssertNoPassword() => Assert.Equal([], Log.Lines.Where(static line => line.Contains(Password, StringComparison.Ordinal)));
}
