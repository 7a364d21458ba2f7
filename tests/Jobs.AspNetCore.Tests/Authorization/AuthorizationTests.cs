using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Who may do what.</summary>
public class AuthorizationTests
{
    private const string Body = """{"input":{"name":"Ada"},"options":{"delay":"1h"}}""";

    [Fact]
    public async Task Outside_of_Development_mapping_without_a_policy_is_an_error_at_start()
    {
        var exception = await Assert.ThrowsAsync<JobException>(() => TestService.StartAsync(static _ => { }));

        Assert.Equal(JobErrorCodes.Configuration, exception.Code);
        Assert.Contains("AllowAnonymous", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Development_it_is_open()
    {
        await using var service = await TestService.StartAsync(static _ => { }, environment: "Development");

        Assert.Equal(200, (await service.GetAsync("/jobs")).Status);
    }

    [Fact]
    public async Task A_policy_that_does_not_exist_is_an_error_at_start()
    {
        var exception = await Assert.ThrowsAsync<JobException>(() => TestService.StartAsync(static api => api.Policy = "typo"));

        Assert.Contains("'typo'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_submitting_and_operating_have_policies_of_their_own()
    {
        await using var service = await TestService.StartAsync(Split);

        Assert.Equal((401, "unauthenticated"), await SendAsync(null));
        Assert.Equal((403, "forbidden"), await SendAsync("anna: reader"));
        var id = await service.SubmitAsync("greet", Body, "anna: submitter");
        Assert.Equal("anna", (await service.GetAsync("/jobs/" + id, "ron: reader")).Text("submitter"));
        Assert.Equal(403, (await service.GetAsync("/jobs/" + id, "anna: submitter")).Status);
        Assert.Equal(403, (await service.PostAsync($"/jobs/{id}/cancel", null, "ron: reader")).Status);
        Assert.Equal(403, (await service.SendAsync(HttpMethod.Delete, "/jobs?all=true", null, "ron: reader")).Status);
        Assert.Equal(403, (await service.GetAsync("/jobs/workers", "anna: submitter")).Status);
        Assert.Equal(200, (await service.GetAsync("/jobs/registry", "anna: submitter")).Status);
        Assert.Equal(401, (await service.GetAsync("/jobs/openapi.json")).Status);
        Assert.Equal(204, (await service.PostAsync($"/jobs/{id}/cancel", null, "otto: operator")).Status);

        async Task<(int, string)> SendAsync(string? user)
        {
            var answer = await service.PostAsync("/jobs/submit/greet", Body, user);
            return (answer.Status, answer.Code);
        }
    }

    [Fact]
    public async Task A_job_and_a_queue_have_policies_of_their_own()
    {
        await using var service = await TestService.StartAsync(api =>
        {
            Split(api);
            api.ForJob("break").Submit = "operator";
            api.ForQueue("mail").Read = "mail";
        });

        Assert.Equal(403, (await service.PostAsync("/jobs/submit/break", "{}", "anna: submitter")).Status);
        await service.SubmitAsync("break", "{}", "otto: operator");
        var id = await service.SubmitAsync("greet", Body, "anna: submitter");
        Assert.Equal(403, (await service.GetAsync("/jobs/" + id, "ron: reader")).Status);
        Assert.Equal(200, (await service.GetAsync("/jobs/" + id, "max: mail")).Status);
        Assert.Equal(403, (await service.GetAsync("/jobs", "ron: reader")).Status);
        Assert.Equal(200, (await service.GetAsync("/jobs?queue=default", "ron: reader")).Status);
        Assert.Equal(403, (await service.GetAsync("/jobs?queue=default", "max: mail")).Status);
        Assert.Equal(200, (await service.GetAsync("/jobs?queue=mail", "max: mail")).Status);
        Assert.Equal(200, (await service.GetAsync("/jobs", "mia: mail, reader")).Status);
    }

    [Fact]
    public async Task Somebody_elses_name_is_taken_from_those_who_may_give_it()
    {
        await using var service = await TestService.StartAsync(api =>
        {
            Split(api);
            api.OnBehalfOfPolicy = "delegate";
        });
        const string body = """{"input":{"name":"Ada"},"options":{"delay":"1h","submitter":"bob"}}""";

        Assert.Equal(403, (await service.PostAsync("/jobs/submit/greet", body, "anna: submitter")).Status);
        Assert.Equal(403, (await service.PostAsync("/jobs/submit/greet/many", $$"""{"jobs":[{{body}}]}""", "anna: submitter")).Status);
        await service.SubmitAsync("greet", body, "bob: submitter");
        var id = await service.SubmitAsync("greet", body, "anna: submitter, delegate");
        Assert.Equal("bob", (await service.GetAsync("/jobs/" + id, "ron: reader")).Text("submitter"));
    }

    [Fact]
    public async Task A_submitter_sees_and_operates_only_his_own_jobs()
    {
        await using var service = await TestService.StartAsync(api =>
        {
            Split(api);
            api.OwnPolicy = "own";
        });
        const string anna = "anna: submitter, own";
        const string bob = "bob: submitter, own";
        var hers = await service.SubmitAsync("greet", Body, anna);
        var his = await service.SubmitAsync("greet", Body, bob);

        Assert.Equal(hers, Assert.Single((await service.GetAsync("/jobs", anna)).Body!["jobs"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal(1, (await service.GetAsync("/jobs/count", anna)).Body!["count"]!.GetValue<int>());
        Assert.Equal(403, (await service.GetAsync("/jobs?submitter=bob", anna)).Status);
        foreach (var path in new[] { "", "/wait", "/logs", "/events" })
        {
            Assert.Equal((404, "not-found"), ((await service.GetAsync($"/jobs/{his}{path}", anna)).Status, (await service.GetAsync($"/jobs/{his}{path}", anna)).Code));
        }

        foreach (var action in new[] { "cancel", "retry", "promote", "resubmit" })
        {
            Assert.Equal(404, (await service.PostAsync($"/jobs/{his}/{action}", null, anna)).Status);
        }

        Assert.Equal(404, (await service.SendAsync(HttpMethod.Delete, "/jobs/" + his, null, anna)).Status);
        Assert.Equal(404, (await service.SendAsync(HttpMethod.Patch, "/jobs/" + his, """{"priority":1}""", anna)).Status);
        Assert.Equal(403, (await service.GetAsync("/jobs/workers", anna)).Status);
        Assert.Equal(403, (await service.GetAsync("/jobs/schedules", anna)).Status);
        Assert.Equal(1, (await service.PostAsync("/jobs/cancel?all=true", null, anna)).Body!["count"]!.GetValue<int>());
        Assert.Equal("Pending", (await service.GetAsync("/jobs/" + his, bob)).Text("status"));
    }

    [Fact]
    public async Task Nobody_learns_of_anothers_job_by_guessing_its_key()
    {
        await using var service = await TestService.StartAsync(api =>
        {
            Split(api);
            api.OwnPolicy = "own";
        });
        var first = await service.PostAsync("/jobs/submit/greet", Body, "anna: submitter, own", ("Idempotency-Key", "k"));

        var second = await service.PostAsync("/jobs/submit/greet", Body, "bob: submitter, own", ("Idempotency-Key", "k"));

        Assert.Equal((409, "conflict"), (second.Status, second.Code));
        Assert.DoesNotContain(first.Text("id"), second.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    private static void Split(JobsApiOptions api)
    {
        api.ReadPolicy = "reader";
        api.SubmitPolicy = "submitter";
        api.OperatePolicy = "operator";
    }
}
