using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Looking at one job, waiting for it, changing it.</summary>
public class JobTests
{
    [Fact]
    public async Task Input_and_result_come_along_when_they_are_asked_for()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("greet", """{"input":{"name":"Ada"}}""");
        await service.GetAsync($"/jobs/{id}/wait");

        var plain = await service.GetAsync("/jobs/" + id);
        Assert.Null(plain.Body!["payload"]);
        Assert.Null(plain.Body["resultJson"]);
        var full = await service.GetAsync($"/jobs/{id}?includePayload=true&includeResult=true");
        Assert.Equal("Ada", full.Body!["payload"]!["name"]!.GetValue<string>());
        Assert.Equal("Hello Ada", full.Body["resultJson"]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_entity_tag_saves_the_body_until_the_job_changes()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("greet", """{"input":{"name":"Ada"},"options":{"delay":"1h"}}""");

        var first = await service.GetAsync("/jobs/" + id);
        var again = await service.GetAsync("/jobs/" + id, null, ("If-None-Match", first.Headers["ETag"]));
        Assert.Equal((304, true), (again.Status, again.Body is null));

        Assert.Equal(204, (await service.PostAsync($"/jobs/{id}/cancel")).Status);
        var changed = await service.GetAsync("/jobs/" + id, null, ("If-None-Match", first.Headers["ETag"]));
        Assert.Equal((200, "Cancelled"), (changed.Status, changed.Text("status")));
    }

    [Fact]
    public async Task A_wait_that_is_over_before_the_job_answers_with_the_state_and_202()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("hold", """{"input":"x"}""");
        await service.Gate.Entered.Task.WaitAsync(TestService.Cancellation);

        var early = await service.GetAsync($"/jobs/{id}/wait?timeout=10ms");
        Assert.Equal((202, "Running"), (early.Status, early.Text("status")));
        service.Gate.Opened.SetResult();
        var late = await service.GetAsync($"/jobs/{id}/wait?timeout=1h&includeResult=true");
        Assert.Equal((200, "Completed", "x"), (late.Status, late.Text("status"), late.Text("resultJson")));
    }

    [Fact]
    public async Task A_wait_for_a_job_that_fails_tells_how()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("break", "{}");

        var ended = await service.GetAsync($"/jobs/{id}/wait");

        Assert.Equal((200, "Failed", "NonRetryable", "It is broken."), (ended.Status, ended.Text("status"), ended.Text("failureReason"), ended.Text("error")));
        Assert.Single(ended.Body!["attempts"]!.AsArray());
    }

    [Fact]
    public async Task A_running_job_is_cancelled_and_one_that_ended_is_not()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("hold", """{"input":"x"}""");
        await service.Gate.Entered.Task.WaitAsync(TestService.Cancellation);

        Assert.Equal(204, (await service.PostAsync($"/jobs/{id}/cancel")).Status);
        Assert.Equal("Cancelled", (await service.GetAsync($"/jobs/{id}/wait")).Text("status"));
        var again = await service.PostAsync($"/jobs/{id}/cancel");
        Assert.Equal((409, "wrong-state", id), (again.Status, again.Code, again.Text("jobId")));
    }

    [Fact]
    public async Task A_failed_job_is_retried_and_resubmitted()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("break", "{}");
        await service.GetAsync($"/jobs/{id}/wait");

        Assert.Equal(204, (await service.PostAsync($"/jobs/{id}/retry")).Status);
        var ended = await service.GetAsync($"/jobs/{id}/wait");
        Assert.Equal(2, ended.Body!["attempts"]!.AsArray().Count);
        var copy = await service.PostAsync($"/jobs/{id}/resubmit");
        Assert.Equal(201, copy.Status);
        Assert.NotEqual(id, copy.Text("id"));
        Assert.Equal("/jobs/" + copy.Text("id"), copy.Headers["Location"]);
    }

    [Fact]
    public async Task A_delayed_job_is_edited_promoted_and_deleted()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("greet", """{"input":{"name":"Ada"},"options":{"delay":"1h"}}""");

        Assert.Equal(204, (await service.SendAsync(HttpMethod.Patch, "/jobs/" + id, """{"input":{"name":"Bob"},"priority":3,"tags":["x"]}""")).Status);
        var refused = await service.SendAsync(HttpMethod.Patch, "/jobs/" + id, """{"input":{"name":""}}""");
        Assert.Equal((400, "validation"), (refused.Status, refused.Code));
        Assert.Equal(204, (await service.PostAsync($"/jobs/{id}/promote")).Status);
        var ended = await service.GetAsync($"/jobs/{id}/wait?includeResult=true");
        Assert.Equal("Hello Bob", ended.Body!["resultJson"]!["text"]!.GetValue<string>());
        Assert.Equal(204, (await service.SendAsync(HttpMethod.Delete, "/jobs/" + id)).Status);
        Assert.Equal((404, "not-found"), ((await service.GetAsync("/jobs/" + id)).Status, (await service.GetAsync("/jobs/" + id)).Code));
    }

    [Fact]
    public async Task A_log_is_paged_and_followed_by_events()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("greet", """{"input":{"name":"Ada","times":3}}""");
        await service.GetAsync($"/jobs/{id}/wait");

        var page = await service.GetAsync($"/jobs/{id}/logs?limit=2");
        Assert.Equal((2, 2L), (page.Body!["entries"]!.AsArray().Count, page.Body["nextAfter"]!.GetValue<long>()));
        var rest = await service.GetAsync($"/jobs/{id}/logs?after=2");
        Assert.Equal("Hello Ada", Assert.Single(rest.Body!["entries"]!.AsArray())!["message"]!.GetValue<string>());
        Assert.Null(rest.Body["nextAfter"]);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/jobs/{id}/logs?follow=true") { Headers = { { "Last-Event-ID", "1" } } };
        using var response = await service.Http.SendAsync(request, TestService.Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = await ServerSentEvents.ReadAsync(response);
        Assert.Equal([("log", "2"), ("log", "3"), ("end", null)], events.Select(e => (e.Name, e.Id)));
    }

    [Fact]
    public async Task A_job_is_followed_to_its_end()
    {
        await using var service = await TestService.StartAsync(options => options.AllowAnonymous().FollowInterval = TimeSpan.FromMilliseconds(20));
        var id = await service.SubmitAsync("hold", """{"input":"x"}""");
        await service.Gate.Entered.Task.WaitAsync(TestService.Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/jobs/{id}/events?includeResult=true");
        using var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestService.Cancellation);
        service.Gate.Opened.SetResult();

        var events = await ServerSentEvents.ReadAsync(response);

        Assert.Equal("end", events[^1].Name);
        Assert.Contains("\"Completed\"", events[^1].Data, StringComparison.Ordinal);
        Assert.All(events.SkipLast(1), e => Assert.Equal("state", e.Name));
    }

    [Fact]
    public async Task More_streams_than_allowed_are_refused_and_a_dropped_one_is_free_again()
    {
        await using var service = await TestService.StartAsync(options => options.AllowAnonymous().MaxStreams = 1);
        var id = await service.SubmitAsync("hold", """{"input":"x"}""");
        await service.Gate.Entered.Task.WaitAsync(TestService.Cancellation);
        using (var request = new HttpRequestMessage(HttpMethod.Get, $"/jobs/{id}/events"))
        using (await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestService.Cancellation))
        {
            var refused = await service.GetAsync($"/jobs/{id}/wait");
            Assert.Equal((503, "too-many-streams", "5"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));
        }

        service.Gate.Opened.SetResult();
        Answer answer;
        while ((answer = await service.GetAsync($"/jobs/{id}/wait")).Status == 503)
        {
            await Task.Yield();
        }

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("GET", "/jobs/00000000-0000-0000-0000-000000000001", 404, "not-found")]
    [InlineData("GET", "/jobs/not-an-id", 404, "not-found")]
    [InlineData("POST", "/jobs/00000000-0000-0000-0000-000000000001/retry", 404, "not-found")]
    [InlineData("GET", "/jobs/00000000-0000-0000-0000-000000000001/logs", 404, "not-found")]
    [InlineData("GET", "/jobs/a/b/c/d", 404, "no-such-route")]
    [InlineData("PUT", "/jobs/workers", 405, "method-not-allowed")]
    [InlineData("GET", "/jobs/cancel", 405, "method-not-allowed")]
    [InlineData("GET", "/jobs/registry/nobody", 404, "unknown-name")]
    [InlineData("GET", "/jobs?limit=0", 400, "invalid-option")]
    [InlineData("GET", "/jobs?limit=x", 400, "invalid-parameter")]
    [InlineData("GET", "/jobs?status=Sleeping", 400, "invalid-parameter")]
    [InlineData("GET", "/jobs?status=1", 400, "invalid-parameter")]
    [InlineData("GET", "/jobs?stauts=Failed", 400, "unknown-parameter")]
    [InlineData("GET", "/jobs?createdFrom=yesterday", 400, "invalid-parameter")]
    [InlineData("GET", "/jobs?cursor=bogus", 400, "invalid-option")]
    [InlineData("DELETE", "/jobs", 400, "unbounded-filter")]
    [InlineData("POST", "/jobs/cancel?tagMatch=Any", 400, "unbounded-filter")]
    public async Task What_is_not_there_or_makes_no_sense_is_a_problem_with_a_code(string method, string path, int status, string code)
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.SendAsync(new HttpMethod(method), path);

        Assert.Equal((status, code, "application/problem+json"), (answer.Status, answer.Code, answer.Headers["Content-Type"]));
    }
}
