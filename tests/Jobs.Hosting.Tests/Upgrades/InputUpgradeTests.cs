namespace Jobs.Hosting.Tests.Upgrades;

/// <summary>Payloads that were queued by former versions of the code.</summary>
public sealed class InputUpgradeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"iban":"X","amount":5,"currency":"CHF"}""", "X", 5, "CHF")]
    [InlineData("""{"amount":5}""", null, 5, "EUR")]
    [InlineData("""{"account":"77","amount":5}""", "DE-77", 5, "EUR")]
    [InlineData("""{"accountNumber":88,"cents":250}""", "DE-88", 2.5, "EUR")]
    [InlineData("""{"iban":"X","amount":5,"madeByALaterVersion":true}""", "X", 5, "EUR")]
    public async Task A_payload_of_any_known_form_reaches_the_handler_as_the_present_one(string payload, string? iban, double amount, string currency)
    {
        using var file = new TemporaryFile();
        await using var application = await StartWithAsync(file, payload);

        Assert.Equal(new TransferInput(iban, (decimal)amount, currency), await application.Get<Journal>().NextAsync<TransferInput>());
    }

    [Theory]
    [InlineData("""{"account":"77","amount":5000}""", "The field Amount must be between 1 and 1000.")]
    [InlineData("""{"accountNumber":"none"}""", "is not an input of job 'transfer'")]
    [InlineData("""[]""", "is not an input of job 'transfer'")]
    public async Task What_is_of_no_form_or_invalid_after_the_upgrade_is_an_invalid_payload(string payload, string message)
    {
        using var file = new TemporaryFile();
        await using var application = await StartWithAsync(file, payload);

        var failed = await application.FailedAsync();
        Assert.Equal(FailureReason.InvalidPayload, failed.FailureReason);
        Assert.Contains(message, failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrader_that_throws_fails_the_attempt_like_a_handler()
    {
        using var file = new TemporaryFile();
        await using var application = await StartWithAsync(file, """{"account":"77","amount":5}""", services => services.AddSingleton<Journal>(_ => null!));

        Assert.Equal(FailureReason.HandlerError, (await application.FailedAsync()).FailureReason);
    }

    private static async Task<Started> StartWithAsync(TemporaryFile file, string payload, Action<IServiceCollection>? configure = null)
    {
        var application = await Application.StartAsync(services =>
        {
            services.AddJobs(jobs => jobs.UseSqlite(file.ConnectionString));
            configure?.Invoke(services);
        });
        var job = await application.Jobs.Transfer.EnqueueAsync(new(), new() { Delay = "1h" }, Cancellation);
        file.Execute($"UPDATE jobs_job SET payload = CAST('{payload}' AS BLOB)");
        file.Execute("UPDATE jobs_scheduled SET due_at = 0");
        return new(application, job);
    }

    private sealed record Started(Application Application, JobHandle Job) : IAsyncDisposable
    {
        public T Get<T>()
            where T : notnull => Application.Get<T>();

        public async Task<JobSnapshot> FailedAsync() => (await Assert.ThrowsAsync<JobFailedException>(() => Job.WaitForCompletionAsync(Cancellation))).Job;

        public ValueTask DisposeAsync() => Application.DisposeAsync();
    }
}
