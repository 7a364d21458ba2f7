using System.Net;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>What a service shows of redacted values, and to whom it shows them.</summary>
public class RedactionTests
{
    private const string Body = """{"input":{"name":"Ada","password":"hunter2"}}""";

    [Fact]
    public async Task Nobody_who_looks_sees_redacted_values()
    {
        await using var service = await TestService.StartAsync(api => (api.Policy, api.ReadPolicy) = ("operator", "reader"));
        var id = await service.SubmitAsync("login", Body, "otto: operator");
        foreach (var path in new[] { $"/jobs/{id}/wait?includePayload=true&includeResult=true", $"/jobs/{id}?includePayload=true&includeResult=true", "/jobs?includePayload=true&includeResult=true", $"/jobs/{id}?includePayload=true" })
        {
            var answer = await service.GetAsync(path, "ron: reader");
            Assert.Equal(200, answer.Status);
            Assert.Contains("[redacted]", answer.Body!.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", answer.Body.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_who_satisfies_the_policy_for_it_has_them_revealed()
    {
        await using var service = await TestService.StartAsync(api => (api.Policy, api.ReadPolicy, api.RevealPolicy) = ("operator", "reader", "delegate"));
        var id = await service.SubmitAsync("login", Body, "otto: operator");
        await service.GetAsync($"/jobs/{id}/wait", "ron: reader");
        var path = $"/jobs/{id}?includePayload=true&includeResult=true&reveal=true";

        Assert.Equal((401, 403, 403), ((await service.GetAsync(path)).Status, (await service.GetAsync(path, "ron: reader")).Status, (await service.GetAsync(path, "dora: delegate")).Status));
        var revealed = await service.GetAsync(path, "rita: reader, delegate");
        Assert.Equal(("hunter2", "token of hunter2"), (revealed.Body!["payload"]!["password"]!.GetValue<string>(), revealed.Body["resultJson"]!["token"]!.GetValue<string>()));
        Assert.Equal("no-store", revealed.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task Without_a_policy_for_it_nobody_has()
    {
        await using var service = await TestService.StartAsync(api => api.Policy = "operator");
        var id = await service.SubmitAsync("login", Body, "otto: operator");

        Assert.Equal((403, "forbidden"), await SendAsync());

        async Task<(int, string)> SendAsync()
        {
            var answer = await service.GetAsync($"/jobs/{id}?reveal=true", "otto: operator");
            return (answer.Status, answer.Code);
        }
    }

    [Fact]
    public async Task A_remote_client_gets_a_result_whole_where_it_may()
    {
        await using var service = await TestService.StartAsync();
        await using var application = RemoteApplication.Create(service);
        var job = await application.GetRequiredService<JobClient>().Login.EnqueueAsync(new("Ada", "hunter2"), cancellationToken: TestService.Cancellation);

        Assert.Equal(new LoginResult("Ada", "token of hunter2"), await job.WaitForResultAsync(TestService.Cancellation));
        var status = await job.GetStatusAsync(TestService.Cancellation);
        Assert.Equal(("token of hunter2", "[redacted]"), (status.Result!.Token, status.ResultJson!.Value.GetProperty("token").GetString()));
        var revealed = await application.GetRequiredService<IJobManager>().RevealAsync(job.Id, TestService.Cancellation);
        Assert.Equal("hunter2", revealed!.Payload!.Value.GetProperty("password").GetString());
    }

    [Fact]
    public async Task A_remote_client_that_may_not_is_told_so()
    {
        await using var service = await TestService.StartAsync(api => api.Policy = "operator");
        await using var application = RemoteApplication.Create(service, new OperatorHandler());
        var job = await application.GetRequiredService<JobClient>().Login.EnqueueAsync(new("Ada", "hunter2"), cancellationToken: TestService.Cancellation);

        var refusal = await Assert.ThrowsAsync<JobException>(() => job.WaitForResultAsync(TestService.Cancellation));

        Assert.Contains("redacted", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_is_sent_without_them()
    {
        await using var receiver = await Receiver.StartAsync(HttpStatusCode.NoContent);
        await using var service = await TestService.StartAsync(
            jobs: static jobs => jobs.UseInMemory().UseCallbacks(callbacks => callbacks.Secrets.Add("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), environment: "Development");
        await service.SubmitAsync("login", $$$"""{"input":{"name":"Ada","password":"hunter2"},"options":{"onCompleted":"{{{receiver.Address}}}"}}""");

        var received = await receiver.ReceiveAsync();
        var callbacks = await service.GetAsync("/jobs?queue=callbacks&includePayload=true");

        Assert.Equal(("Ada", "[redacted]"), (received.Body["data"]!["result"]!["name"]!.GetValue<string>(), received.Body["data"]!["result"]!["token"]!.GetValue<string>()));
        Assert.DoesNotContain("hunter2", received.Body.ToJsonString() + callbacks.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    private sealed class OperatorHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add(HeaderAuthentication.Header, "otto: operator");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
