using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Whatever is sent to whichever endpoint: a precise answer, never a failure of the service.</summary>
public class FuzzTests
{
    private const int Requests = 3000;
    private const int MemoryMiB = 64;
    private const int MaxProblems = 50;

    private static readonly HashSet<string> _codes = new(StringComparer.Ordinal)
    {
        "validation", "invalid-option", "invalid-schedule", "unknown-time-zone", "not-found", "unknown-name", "conflict", "in-use", "disabled", "payload-too-large", "not-supported",
        "no-such-route", "method-not-allowed", "malformed-json", "unsupported-media-type", "body-too-large", "bad-request", "invalid-parameter", "unknown-parameter", "unbounded-filter", "wrong-state", "too-many-streams", "precondition-failed", "failed", "cancelled",
    };

    [Fact]
    public async Task Every_request_has_a_precise_answer_and_the_service_stays_up()
    {
        await using var service = await TestService.StartAsync(api =>
        {
            api.AllowAnonymous().MaxWait = TimeSpan.FromMilliseconds(20);
            api.DefaultWait = api.MaxWait;
            api.MaxRequestBodyBytes = 64 << 10;
        });
        service.Gate.Opened.SetResult();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await service.SubmitAsync("greet", $$$"""{"input":{"name":"n{{{i}}}"},"options":{"delay":"{{{i}}}h"}}"""));
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var problems = new List<string>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Requests), Prop.ForAll(FuzzedRequests.Create(ids).ToArbitrary(), request =>
        {
            if (FindProblem(service, request, seen) is { } problem)
            {
                problems.Add($"{problem}\n{request}");
            }

            return problems.Count < MaxProblems;
        }));
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));

        // The requests come far enough to be refused for many reasons, and some are right.
        Assert.Empty(new[] { "success", "validation", "not-found", "unknown-name", "malformed-json", "unsupported-media-type", "invalid-parameter", "unknown-parameter", "method-not-allowed", "no-such-route" }.Except(seen.Keys));
        Assert.InRange(seen["success"], Requests / 50, Requests);

        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) >> 20;
        Assert.True(grown < MemoryMiB, $"{Requests} requests left {grown} MiB behind.");
        await service.Manager.ResumeAllAsync(TestService.Cancellation);
        var job = await service.SubmitAsync("break", "{}");
        Assert.Equal(200, (await service.GetAsync($"/jobs/{job}")).Status);
        Assert.Equal(200, (await service.GetAsync("/jobs/openapi.json")).Status);
    }

    /// <summary>Properties of FsCheck are synchronous; the requests are not.</summary>
    private static string? FindProblem(TestService service, FuzzedRequest request, Dictionary<string, int> seen) => FindProblemAsync(service, request, seen).GetAwaiter().GetResult();

    private static async Task<string?> FindProblemAsync(TestService service, FuzzedRequest request, Dictionary<string, int> seen)
    {
        using var response = await SendAsync(service, request);
        var status = (int)response.StatusCode;
        if (!response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/jobs/", StringComparison.Ordinal))
        {
            // Dots led out of the API.
            return null;
        }

        if (status < 400)
        {
            Count("success");
            return null;
        }

        var body = await response.Content.ReadAsStringAsync(TestService.Cancellation);
        if (status >= 500 && status != 501)
        {
            return $"{status}: {body}";
        }

        // The server itself refuses a path that is none before any endpoint is asked, and HEAD has no body.
        if (body.Length == 0 && (status == 400 || request.Method == "HEAD"))
        {
            return null;
        }

        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonNode.Parse(body) as JsonObject : null;
        var code = problem?["code"]?.GetValue<string>();
        Count(code ?? "none");
        return problem is null ? $"{status} without a problem: {body}"
            : code is null ? $"{status} without a code: {body}"
            : problem["status"]?.GetValue<int>() != status ? $"{status} with another one inside: {body}"
            : string.IsNullOrEmpty(problem["detail"]?.GetValue<string>()) ? $"{status} without a detail: {body}"
            : !_codes.Contains(code) ? $"{status} with the code {code}, which nobody knows: {body}"
            : null;

        void Count(string answer) => seen[answer] = seen.GetValueOrDefault(answer) + 1;
    }

    /// <summary>Sends a request. The server gives up a connection whose last request had a body that nobody wanted and that is too long to be passed over; that says nothing of this one, which is sent again.</summary>
    private static async Task<HttpResponseMessage> SendAsync(TestService service, FuzzedRequest request)
    {
        try
        {
            using var message = request.ToMessage();
            return await service.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, TestService.Cancellation);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ResponseEnded || exception.InnerException is IOException)
        {
            using var message = request.ToMessage();
            message.Headers.ConnectionClose = true;
            return await service.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, TestService.Cancellation);
        }
    }
}
