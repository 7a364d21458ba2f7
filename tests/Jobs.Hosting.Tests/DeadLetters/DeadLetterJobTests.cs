namespace Jobs.Hosting.Tests.DeadLetters;

/// <summary>Dead letters from the attribute to the handler that takes them.</summary>
public sealed class DeadLetterJobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_letter_of_a_failed_job_has_its_input()
    {
        await using var application = await Application.StartAsync();
        var job = await application.Jobs.Deliver.EnqueueAsync(new("Mars", 101), cancellationToken: Cancellation);
        await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForCompletionAsync(Cancellation));

        var letter = await application.Get<Journal>().NextAsync<DeadLetter<DeliverInput>>();
        Assert.Equal(new DeliverInput("Mars", 101), letter.Input);
        Assert.Equal((job.Id, "deliver", "default", 1), (letter.JobId, letter.JobName, letter.Queue, letter.Attempts));
        Assert.Equal((FailureReason.HandlerError, "Too heavy.", "System.InvalidOperationException"), (letter.Reason, letter.Error, letter.ErrorType));
        var failed = await job.GetStatusAsync(Cancellation);
        var own = await application.Manager.GetAsync(failed.DeadLetterJobId!.Value, Cancellation);
        Assert.Equal(("return", "returns", job.Id.ToString()), (own!.Name, own.Queue, own.Metadata[DeadLetter.MetadataKey]));
    }

    [Fact]
    public async Task A_handler_of_plain_letters_takes_those_of_any_job()
    {
        await using var application = await Application.StartAsync();
        var job = await application.Jobs.Count.EnqueueAsync(7, cancellationToken: Cancellation);

        var letter = await application.Get<Journal>().NextAsync<DeadLetter>();
        Assert.Equal((job.Id, "7", FailureReason.NonRetryable, "I cannot count."), (letter.JobId, letter.RawPayload, letter.Reason, letter.Error));
    }

    [Fact]
    public async Task A_payload_that_is_no_input_leaves_a_letter_without_one()
    {
        using var file = new TemporaryFile();
        await using var application = await Application.StartAsync(services => services.AddJobs(jobs => jobs.UseSqlite(file.ConnectionString)));
        var job = await application.Jobs.Deliver.EnqueueAsync(new("Moon", 1), new() { Delay = "1h" }, Cancellation);
        file.Execute("UPDATE jobs_job SET payload = CAST('{\"to\":1}' AS BLOB)");
        file.Execute("UPDATE jobs_scheduled SET due_at = 0");

        var letter = await application.Get<Journal>().NextAsync<DeadLetter<DeliverInput>>();
        Assert.Null(letter.Input);
        Assert.Equal((job.Id, FailureReason.InvalidPayload, "{\"to\":1}"), (letter.JobId, letter.Reason, letter.RawPayload));
    }

    [Fact]
    public async Task A_letter_can_be_enqueued_by_hand()
    {
        await using var application = await Application.StartAsync();
        await application.Jobs.ReturnToSender.EnqueueAsync(new() { JobId = JobId.From("x"), JobName = "deliver", Queue = "q", RawPayload = "", Input = new("Venus", 3) }, cancellationToken: Cancellation);

        var letter = await application.Get<Journal>().NextAsync<DeadLetter<DeliverInput>>();
        Assert.Equal(new DeliverInput("Venus", 3), letter.Input);
    }

    [Fact]
    public async Task A_letter_is_redriven_as_a_new_job_with_the_same_input_and_only_once()
    {
        await using var application = await Application.StartAsync();
        var job = await application.Jobs.Deliver.EnqueueAsync(new("Mars", 101), new() { Tags = ["space"], Queue = "rockets", Metadata = new Dictionary<string, string> { ["tenant"] = "t1" } }, Cancellation);
        await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForCompletionAsync(Cancellation));
        var letterId = (await job.GetStatusAsync(Cancellation)).DeadLetterJobId!.Value;

        var redriven = await application.Manager.RedriveAsync(letterId, Cancellation);
        await Assert.ThrowsAsync<JobFailedException>(() => redriven!.WaitForCompletionAsync(Cancellation));
        var again = await application.Manager.RedriveAsync(letterId, Cancellation);

        Assert.Equal(redriven!.Id, again!.Id);
        Assert.True(again.WasDeduplicated);
        var snapshot = await application.Manager.GetAsync(redriven.Id, Cancellation);
        Assert.Equal(("deliver", "rockets", 101), (snapshot!.Name, snapshot.Queue, snapshot.Payload!.Value.GetProperty("weight").GetInt32()));
        Assert.Equal(["space"], snapshot.Tags);
        Assert.Equal([new("tenant", "t1")], snapshot.Metadata);
        Assert.NotEqual(letterId, snapshot.DeadLetterJobId);
        Assert.Null(await application.Manager.RedriveAsync(job.Id, Cancellation));
        Assert.Null(await application.Manager.RedriveAsync(JobId.New(), Cancellation));
    }

    [Fact]
    public async Task Letters_are_redriven_in_bulk()
    {
        await using var application = await Application.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            var job = await application.Jobs.Deliver.EnqueueAsync(new("Mars", 101 + i), cancellationToken: Cancellation);
            await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForCompletionAsync(Cancellation));
        }

        var letters = new JobFilter { Name = JobNames.ReturnToSender, CreatedBefore = DateTimeOffset.UtcNow };
        Assert.Equal(5, await application.Manager.RedriveAsync(letters, Cancellation));
        Assert.Equal(0, await application.Manager.RedriveAsync(letters, Cancellation));
        Assert.Equal(10, await application.Manager.CountAsync(new JobFilter { Name = JobNames.Deliver }, Cancellation));
    }
}
