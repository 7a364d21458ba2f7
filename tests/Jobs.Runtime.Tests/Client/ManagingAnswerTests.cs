using Xunit;

namespace Jobs.Runtime.Tests.Client;

/// <summary>What each call of the manager answers in each state of a job. False or null means that nothing has changed.</summary>
public sealed class ManagingAnswerTests
{
    private const int Completes = 0;
    private const int Fails = 1;
    private const int Holds = 2;

    private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TheoryData<string, string, bool> Answers
    {
        get
        {
            var answers = new TheoryData<string, string, bool>();
            foreach (var (call, states) in new[]
            {
                ("cancel", "pending running"),
                ("retry", "failed cancelled"),
                ("promote", "pending"),
                ("edit", "pending"),
                ("delete", "pending completed failed cancelled"),
                ("resubmit", "pending running completed failed cancelled"),
                ("redrive", ""),
                ("get", "pending running completed failed cancelled"),
                ("reveal", "pending running completed failed cancelled"),
            })
            {
                foreach (var state in new[] { "unknown", "pending", "running", "completed", "failed", "cancelled" })
                    answers.Add(call, state, states.Split(' ').Contains(state));
            }

            return answers;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_call_says_what_it_did_and_otherwise_changes_nothing(string call, string state, bool isDone)
    {
        await using var host = await StartAsync();
        var id = await PutAsync(host, state);
        var before = (await host.Manager.GetAsync(id))?.ToJson();
        var count = await host.Manager.CountAsync(new JobFilter());

        var answer = call switch
        {
            "cancel" => await host.Manager.CancelAsync(id),
            "retry" => await host.Manager.RetryAsync(id),
            "promote" => await host.Manager.PromoteAsync(id),
            "edit" => await host.Manager.EditAsync(id, new JobEdit { Priority = 7, Tags = ["edited"] }),
            "delete" => await host.Manager.DeleteAsync(id),
            "resubmit" => await host.Manager.ResubmitAsync(id) is not null,
            "redrive" => await host.Manager.RedriveAsync(id) is not null,
            "reveal" => await host.Manager.RevealAsync(id) is not null,
            _ => await host.Manager.GetAsync(id) is not null,
        };

        Assert.Equal(isDone, answer);
        if (!isDone)
        {
            Assert.Equal(before, (await host.Manager.GetAsync(id))?.ToJson());
            Assert.Equal(count, await host.Manager.CountAsync(new JobFilter()));
        }
    }

    [Fact]
    public async Task A_handle_of_an_unknown_job_throws()
    {
        await using var host = await StartAsync();
        var handle = await host.Client<int>("work").EnqueueAsync(Completes, new() { Delay = "1h" });
        Assert.True(await host.Manager.DeleteAsync(handle.Id));

        await Assert.ThrowsAsync<JobNotFoundException>(async () => await handle.GetStatusAsync());
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await handle.CancelAsync());
        await Assert.ThrowsAsync<JobNotFoundException>(() => handle.WaitForCompletionAsync().WaitAsync(TestHost.Limit));
        await Assert.ThrowsAsync<JobNotFoundException>(() => host.Manager.WaitAsync(handle.Id).WaitAsync(TestHost.Limit));
        Assert.Null(await host.Client<int>("work").GetAsync(handle.Id));
    }

    [Fact]
    public async Task A_cursor_of_other_conditions_is_refused()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 5; i++)
            await host.Client<int>("work").EnqueueAsync(Completes, new() { Delay = "1h", Tags = ["a", "b"] });

        var filter = new JobFilter { Name = "work", Tags = ["a", "b"], Limit = 2 };
        var cursor = (await host.Manager.ListAsync(filter)).NextCursor;
        Assert.NotNull(cursor);

        Assert.Equal(3, (await host.Manager.ListAsync(filter with { Cursor = cursor, Limit = 100, IncludePayload = true, Tags = ["b", "a"] })).Jobs.Count);
        foreach (var other in new[]
        {
            filter with { Name = null }, filter with { Tags = ["a"] }, filter with { TagMatch = TagMatch.Any }, filter with { Status = JobStatus.Pending }, filter with { Queue = "default" },
            filter with { Priority = 0 }, filter with { Submitter = "s" }, filter with { CreatedFrom = DateTimeOffset.UnixEpoch }, filter with { IsUnfinished = true }, filter with { ScheduleId = "s" },
        })
        {
            var refusal = await Assert.ThrowsAsync<JobException>(async () => await host.Manager.ListAsync(other with { Cursor = cursor }));
            Assert.Equal((JobErrorCodes.InvalidOption, true), (refusal.Code, refusal.Message.Contains("other conditions", StringComparison.Ordinal)));
        }

        Assert.Contains("no cursor", (await Assert.ThrowsAsync<JobException>(async () => await host.Manager.ListAsync(filter with { Cursor = "5" }))).Message, StringComparison.Ordinal);
    }

    private async Task<JobId> PutAsync(TestHost host, string state)
    {
        if (state == "unknown")
            return JobId.New();

        var input = state switch { "failed" => Fails, "running" => Holds, _ => Completes };
        var handle = await host.Client<int>("work").EnqueueAsync(input, state is "pending" or "cancelled" ? new() { Delay = "1h" } : null);
        switch (state)
        {
            case "running":
                await _isHeld.Task.WaitAsync(TestHost.Limit);
                break;
            case "cancelled":
                Assert.True(await handle.CancelAsync());
                break;
            case not "pending":
                await host.Manager.WaitAsync(handle.Id).WaitAsync(TestHost.Limit);
                break;
        }

        return handle.Id;
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(new TestAssembly().Add<int>("work", async (input, context, cancellationToken) =>
    {
        if (input == Fails)
            throw context.Fail("no");

        if (input == Holds)
        {
            _isHeld.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }));
}
