using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Requests on condition, and as many as a caller may make.</summary>
public class ConditionTests
{
    [Fact]
    public async Task A_change_of_a_job_that_is_not_as_it_was_seen_is_refused()
    {
        await using var service = await TestService.StartAsync();
        var path = "/jobs/" + await service.SubmitAsync("greet", """{"input":{"name":"Ada"},"options":{"delay":"1h"}}""");
        var seen = (await service.GetAsync(path + "?includePayload=true")).Headers["ETag"];

        var changed = await service.SendAsync(HttpMethod.Patch, path, """{"priority":3}""", null, ("If-Match", $"\"other\", {seen}"));
        var stale = await service.SendAsync(HttpMethod.Delete, path, null, null, ("If-Match", seen));
        var any = await service.PostAsync(path + "/cancel", null, null, ("If-Match", "*"));

        Assert.Equal((204, 412, "precondition-failed", 204), (changed.Status, stale.Status, stale.Code, any.Status));
        Assert.Equal("Cancelled", (await service.GetAsync(path)).Text("status"));
    }

    [Fact]
    public async Task Each_caller_has_a_number_of_requests_and_is_told_what_is_left()
    {
        await using var service = await TestService.StartAsync(api =>
        {
            api.Policy = "reader";
            api.CallerRate = RateLimit.Parse("3/1h");
        });

        var answers = new List<Answer>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await service.GetAsync("/jobs/count", "anna: reader"));
        }

        Assert.Equal([200, 200, 200, 429], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.Equal("\"caller\";q=3;w=3600", answer.Headers["RateLimit-Policy"]));
        Assert.Equal(["\"caller\";r=2;t=1200", "\"caller\";r=1;t=1200", "\"caller\";r=0;t=1200", "\"caller\";r=0;t=1200"], answers.Select(answer => answer.Headers["RateLimit"]));
        Assert.Equal(("too-many-requests", "1200"), (answers[3].Code, answers[3].Headers["Retry-After"]));
        Assert.Equal(200, (await service.GetAsync("/jobs/count", "bert: reader")).Status);
    }

    [Theory]
    [InlineData("""{"input":{"name":"Ada"},"input":{"name":"Bob"}}""")]
    [InlineData("""{"input":{"name":"Ada","name":"Bob"}}""")]
    [InlineData("""{"input":{"name":"Ada"},"options":{"queue":"a","queue":"b"}}""")]
    [InlineData("""{"input":{"name":"Ada"},"options":{"metadata":{"a":"1","a":"2"}}}""")]
    public async Task What_is_said_twice_is_refused(string body)
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.PostAsync("/jobs/submit/greet", body);

        Assert.Equal((400, "malformed-json"), (answer.Status, answer.Code));
        Assert.Equal(0, await service.Manager.CountAsync(new(), TestService.Cancellation));
    }
}
