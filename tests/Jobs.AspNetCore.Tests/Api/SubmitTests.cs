using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Submitting by name.</summary>
public class SubmitTests
{
    [Fact]
    public async Task A_submitted_job_is_created_at_a_location_and_runs()
    {
        await using var service = await TestService.StartAsync();

        var submitted = await service.PostAsync("/jobs/submit/greet", """{"input":{"name":"Ada"},"options":{"tags":["a"],"priority":7,"metadata":{"tenant":"t"}}}""");

        Assert.Equal(201, submitted.Status);
        Assert.Equal("/jobs/" + submitted.Text("id"), submitted.Headers["Location"]);
        var ended = await service.GetAsync(submitted.Headers["Location"] + "/wait?includeResult=true");
        Assert.Equal((200, "Completed", "Hello Ada"), (ended.Status, ended.Text("status"), ended.Body!["resultJson"]!["text"]!.GetValue<string>()));
        Assert.Equal((7, "mail", "t"), (ended.Body["priority"]!.GetValue<int>(), ended.Text("queue"), ended.Body["metadata"]!["tenant"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_idempotency_key_in_the_header_makes_the_second_call_meet_the_first()
    {
        await using var service = await TestService.StartAsync();
        const string body = """{"input":{"name":"Ada"}}""";

        var first = await service.PostAsync("/jobs/submit/greet", body, null, ("Idempotency-Key", "k1"));
        var second = await service.PostAsync("/jobs/submit/greet", body, null, ("Idempotency-Key", "\"k1\""));

        Assert.Equal((201, 200), (first.Status, second.Status));
        Assert.Equal(first.Text("id"), second.Text("id"));
        Assert.True(second.Body!["wasDeduplicated"]!.GetValue<bool>());
    }

    [Fact]
    public async Task An_invalid_input_is_answered_with_its_problems_by_member_and_nothing_is_stored()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostAsync("/jobs/submit/greet", """{"input":{"name":"","times":9}}""");

        Assert.Equal((400, "validation", "application/problem+json"), (answer.Status, answer.Code, answer.Headers["Content-Type"]));
        Assert.Equal(["Name", "Times"], answer.Body!["errors"]!.AsObject().Select(e => e.Key).Order());
        Assert.Contains(answer.Body["violations"]!.AsArray(), v => v!["rule"]!.GetValue<string>() == "Range");
        Assert.Equal(0, await service.Manager.CountAsync(new JobFilter(), TestService.Cancellation));
    }

    [Fact]
    public async Task Many_jobs_are_submitted_all_or_none()
    {
        await using var service = await TestService.StartAsync();

        var refused = await service.PostAsync("/jobs/submit/greet/many", """{"jobs":[{"input":{"name":"a"}},{"input":{"name":"b","times":0}}]}""");
        Assert.Equal((400, "[1].Times"), (refused.Status, Assert.Single(refused.Body!["errors"]!.AsObject()).Key));
        Assert.Equal(0, await service.Manager.CountAsync(new JobFilter(), TestService.Cancellation));

        var accepted = await service.PostAsync("/jobs/submit/greet/many", """{"jobs":[{"input":{"name":"a"}},{"input":{"name":"b"}}]}""");
        Assert.Equal((201, 2), (accepted.Status, accepted.Body!["jobs"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_job_that_is_null_among_many_is_named_and_nothing_is_enqueued()
    {
        await using var service = await TestService.StartAsync();

        var refused = await service.PostAsync("/jobs/submit/greet/many", """{"jobs":[{"input":{"name":"a"}},null]}""");

        Assert.Equal((400, "malformed-json"), (refused.Status, refused.Text("code")));
        Assert.Contains("jobs[1] is null", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(0, await service.Manager.CountAsync(new JobFilter(), TestService.Cancellation));
    }

    [Fact]
    public async Task Of_many_submitted_jobs_each_is_told_to_subscribers()
    {
        await using var service = await TestService.StartAsync();
        var filter = new JobEventFilter { JobName = "greet", Kinds = [JobEventKind.Waiting] };
        await using var events = service.Services.GetRequiredService<IJobEvents>().SubscribeAsync(filter, TestService.Cancellation).GetAsyncEnumerator(TestService.Cancellation);
        var next = events.MoveNextAsync();

        var accepted = await service.PostAsync("/jobs/submit/greet/many", """{"jobs":[{"input":{"name":"a"}},{"input":{"name":"b"}}]}""");

        Assert.True(await next);
        var first = events.Current.JobId;
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(accepted.Body!["jobs"]!.AsArray().Select(job => job!["id"]!.GetValue<string>()), [first.ToString(), events.Current.JobId.ToString()]);
    }

    [Fact]
    public async Task A_name_with_a_slash_is_escaped()
    {
        await using var service = await TestService.StartAsync();

        var id = await service.SubmitAsync("trees%2Fsort", """{"input":{"value":1,"children":[]}}""");

        Assert.Equal("trees/sort", (await service.GetAsync("/jobs/" + id)).Text("name"));
    }

    [Fact]
    public async Task A_job_without_input_needs_no_body()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostAsync("/jobs/submit/break");

        Assert.Equal(201, answer.Status);
    }

    [Theory]
    [InlineData("greet", """{"input":{"name":"a"},"options":{"delai":"5s"}}""", 400, "malformed-json")]
    [InlineData("greet", """{"input":{"name":"a"},"options":{"delay":"-5s"}}""", 400, "malformed-json")]
    [InlineData("greet", """{"input":{"name":"a"},"options":{"queue":"no spaces"}}""", 400, "invalid-option")]
    [InlineData("greet", """{"input":{"name":"a"},"options":{"maxAttempts":0}}""", 400, "invalid-option")]
    [InlineData("greet", """{"input":""", 400, "malformed-json")]
    [InlineData("greet", "null", 400, "malformed-json")]
    [InlineData("greet", "[]", 400, "malformed-json")]
    [InlineData("greet", "{}", 400, "validation")]
    [InlineData("greet", """{"input":7}""", 400, "validation")]
    [InlineData("nobody", "{}", 404, "unknown-name")]
    [InlineData("off", "{}", 409, "disabled")]
    public async Task What_cannot_be_submitted_is_refused_with_a_code(string name, string body, int status, string code)
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostAsync("/jobs/submit/" + name, body);

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.NotEmpty(answer.Text("detail"));
    }

    [Fact]
    public async Task A_body_of_another_type_or_too_large_is_refused()
    {
        await using var service = await TestService.StartAsync(options => options.AllowAnonymous().MaxRequestBodyBytes = 2048);

        using var form = new StringContent("a=b", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var other = await service.Http.PostAsync(new Uri("/jobs/submit/greet", UriKind.Relative), form, TestService.Cancellation);
        Assert.Equal(415, (int)other.StatusCode);

        var large = await service.PostAsync("/jobs/submit/greet", $$$"""{"input":{"name":"{{{new string('x', 3000)}}}"}}""");
        Assert.Equal((413, "body-too-large"), (large.Status, large.Code));
    }

    [Fact]
    public async Task An_id_that_belongs_to_another_job_is_a_conflict()
    {
        await using var service = await TestService.StartAsync();
        var id = JobId.From("x");
        await service.SubmitAsync("greet", $$$"""{"input":{"name":"a"},"options":{"id":"{{{id}}}"}}""");

        var answer = await service.PostAsync("/jobs/submit/break", $$$"""{"options":{"id":"{{{id}}}"}}""");

        Assert.Equal((409, "conflict"), (answer.Status, answer.Code));
    }
}
