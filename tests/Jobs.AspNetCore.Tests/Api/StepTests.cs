using System.Text.Json.Nodes;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Steps of a job, and answers to its waits.</summary>
public class StepTests
{
    private const string Granted = """{"answer":{"isGranted":true,"by":"Eve"}}""";

    [Fact]
    public async Task A_wait_is_answered_by_its_token_and_the_job_goes_on()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("ask", """{"input":"a trip"}""");
        var token = await TokenAsync(service, id);
        Assert.Equal("Waiting", (await service.GetAsync("/jobs/" + id)).Text("status"));

        Assert.Equal(204, (await service.PostAsync("/jobs/waits/" + token, Granted)).Status);
        var ended = await service.GetAsync($"/jobs/{id}/wait?includeResult=true");
        Assert.Equal((200, "a trip: granted by Eve"), (ended.Status, ended.Text("resultJson")));
        Assert.Equal(204, (await service.PostAsync("/jobs/waits/" + token, Granted)).Status);
        var other = await service.PostAsync("/jobs/waits/" + token, """{"answer":{"isGranted":false,"by":"Eve"}}""");
        Assert.Equal((409, "already-answered"), (other.Status, other.Code));
    }

    [Fact]
    public async Task What_cannot_be_answered_says_why()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("ask", """{"input":"a trip"}""");
        var token = await TokenAsync(service, id);
        await service.PostAsync($"/jobs/{id}/cancel");

        Assert.Equal((409, "too-late"), await AnswerAsync(token, Granted));
        Assert.Equal((404, "not-found"), await AnswerAsync("nonsense", Granted));
        Assert.Equal((404, "not-found"), await AnswerAsync(JobWaitToken.New(JobId.New()).ToString(), Granted));
        Assert.Equal((400, "malformed-json"), await AnswerAsync(token, """{"reply":true}"""));
        Assert.Equal(404, (await service.GetAsync($"/jobs/{JobId.New()}/steps")).Status);

        async Task<(int, string)> AnswerAsync(string text, string body)
        {
            var answer = await service.PostAsync("/jobs/waits/" + text, body);
            return (answer.Status, answer.Code);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answering_needs_the_right_to_operate_unless_a_token_is_enough(bool isEnough)
    {
        await using var service = await TestService.StartAsync(api =>
        {
            (api.SubmitPolicy, api.ReadPolicy, api.OperatePolicy, api.AllowAnswersByToken) = ("submitter", "reader", "operator", isEnough);
        });
        var id = await service.SubmitAsync("ask", """{"input":"a trip"}""", "anna: submitter");
        var token = await TokenAsync(service, id, "ron: reader");

        Assert.Equal(isEnough ? 204 : 401, (await service.PostAsync("/jobs/waits/" + token, Granted)).Status);
        Assert.Equal(isEnough ? 204 : 403, (await service.PostAsync("/jobs/waits/" + token, Granted, "ron: reader")).Status);
        Assert.Equal(204, (await service.PostAsync("/jobs/waits/" + token, Granted, "otto: operator")).Status);
    }

    /// <summary>The token, once the job waits: what its step would have sent to somebody.</summary>
    private static async Task<string> TokenAsync(TestService service, string id, string? user = null)
    {
        while (true)
        {
            var job = await service.GetAsync("/jobs/" + id, user);
            if (job.Text("status") == "Waiting")
            {
                break;
            }

            await Task.Delay(10, TestService.Cancellation);
        }

        var steps = (await service.GetAsync($"/jobs/{id}/steps", user)).Body!["steps"]!.AsArray();
        Assert.Equal(["approval", "send"], steps.Select(static step => step!["name"]!.GetValue<string>()).Order());
        Assert.DoesNotContain("secret", steps.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        return Step(steps, "send")["value"]!.GetValue<string>();
    }

    private static JsonNode Step(JsonArray steps, string name) => steps.Single(step => step!["name"]!.GetValue<string>() == name)!;
}
