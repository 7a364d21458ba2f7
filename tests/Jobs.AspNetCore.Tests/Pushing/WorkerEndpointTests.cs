using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Jobs.Http.Signatures;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>What a receiver answers to requests, by whomever.</summary>
public class WorkerEndpointTests
{
    private const string Body = """{"jobId":"0196f3a0-0000-7000-8000-000000000001","name":"scripted","queue":"pushed","attempt":1,"createdAt":"2030-01-01T00:00:00Z","claimedAt":"2030-01-01T00:00:00Z","input":{"text":"hello"}}""";

    [Theory]
    [InlineData(PushReceiver.Secret)]
    [InlineData(PushReceiver.OldSecret)]
    public async Task A_request_by_either_key_runs_the_handler_and_is_answered_with_its_result(string secret)
    {
        await using var receiver = await PushReceiver.StartAsync();

        var (status, body, _) = await SendAsync(receiver, secret: secret);

        Assert.Equal((200, "done"), (status, body!.GetValue<string>()));
    }

    [Fact]
    public async Task A_forged_request_is_refused_before_anything_runs()
    {
        await using var receiver = await StartAsync(out var runs);

        var answers = new[]
        {
            await SendAsync(receiver, secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            await SendAsync(receiver, signed: Body.Replace("hello", "other", StringComparison.Ordinal)),
            await SendAsync(receiver, age: TimeSpan.FromMinutes(6)),
            await SendAsync(receiver, age: TimeSpan.FromMinutes(-6)),
            await SendAsync(receiver, id: new string('x', 300)),
            await SendAsync(receiver, change: static request => request.Headers.Remove(WebhookSigner.SignatureHeader)),
            await SendAsync(receiver, change: static request => request.Headers.Remove(WebhookSigner.IdHeader)),
        };

        Assert.All(answers, static answer => Assert.Equal((401, "unauthenticated"), (answer.Status, answer.Body!["code"]!.GetValue<string>())));
        Assert.Empty(runs);
    }

    [Fact]
    public async Task A_request_that_comes_again_is_refused_and_the_same_attempt_in_another_one_is_not()
    {
        await using var receiver = await StartAsync(out var runs);

        var first = await SendAsync(receiver, id: "one");
        var again = await SendAsync(receiver, id: "one");
        var other = await SendAsync(receiver, id: "two");

        Assert.Equal((200, 401, 200), (first.Status, again.Status, other.Status));
        Assert.Equal(2, runs.Count);
    }

    [Theory]
    [InlineData("{", 400, "malformed-json")]
    [InlineData("null", 400, "malformed-json")]
    [InlineData("{}", 400, "malformed-json")]
    [InlineData("""{"jobId":"0196f3a0-0000-7000-8000-000000000001","name":"scripted","queue":"q","attempt":0,"createdAt":"2030-01-01T00:00:00Z","claimedAt":"2030-01-01T00:00:00Z"}""", 400, "malformed-json")]
    [InlineData("""{"jobId":"0196f3a0-0000-7000-8000-000000000001","name":"scripted","queue":"q","attempt":1,"policy":"attempts=many","createdAt":"2030-01-01T00:00:00Z","claimedAt":"2030-01-01T00:00:00Z"}""", 400, "bad-request")]
    [InlineData("""{"jobId":"0196f3a0-0000-7000-8000-000000000001","name":"nobody","queue":"q","attempt":1,"createdAt":"2030-01-01T00:00:00Z","claimedAt":"2030-01-01T00:00:00Z"}""", 404, "no-handler")]
    [InlineData("""{"jobId":"0196f3a0-0000-7000-8000-000000000001","name":"off","queue":"q","attempt":1,"createdAt":"2030-01-01T00:00:00Z","claimedAt":"2030-01-01T00:00:00Z"}""", 503, "snoozed")]
    [InlineData("""{"jobId":"0196f3a0-0000-7000-8000-000000000001","name":"scripted","queue":"q","attempt":1,"createdAt":"2030-01-01T00:00:00Z","claimedAt":"2030-01-01T00:00:00Z"}""", 422, "invalid-payload")]
    [InlineData("""{"jobId":"0196f3a0-0000-7000-8000-000000000001","name":"scripted","queue":"q","attempt":1,"createdAt":"2030-01-01T00:00:00Z","claimedAt":"2030-01-01T00:00:00Z","input":{"text":"much longer than allowed"}}""", 422, "invalid-payload")]
    public async Task What_cannot_be_run_is_a_problem_with_a_code(string body, int status, string code)
    {
        await using var receiver = await StartAsync(out var runs);

        var answer = await SendAsync(receiver, body);

        Assert.Equal((status, code), (answer.Status, answer.Body!["code"]!.GetValue<string>()));
        Assert.Empty(runs);
    }

    [Fact]
    public async Task Method_media_type_and_size_are_checked()
    {
        await using var receiver = await PushReceiver.StartAsync(static worker => worker.MaxRequestBodyBytes = 1024);

        var method = await SendAsync(receiver, change: static request => request.Method = HttpMethod.Put);
        var type = await SendAsync(receiver, change: static request => request.Content!.Headers.ContentType = new("text/plain"));
        var size = await SendAsync(receiver, Body + new string(' ', 1024));

        Assert.Equal((405, 415, 413), (method.Status, type.Status, size.Status));
        Assert.Equal("POST", method.Headers["Allow"]);
    }

    [Fact]
    public async Task A_handler_that_throws_is_a_500_that_says_what_and_one_that_puts_off_a_503_that_says_until_when()
    {
        await using var receiver = await PushReceiver.StartAsync();

        receiver.Script.Run = static (_, _) => throw new InvalidOperationException("It threw.");
        var thrown = await SendAsync(receiver);
        receiver.Script.Run = static (context, _) => throw context.Snooze("90s");
        var snoozed = await SendAsync(receiver);

        Assert.Equal((500, "handler-error", "It threw."), (thrown.Status, thrown.Body!["code"]!.GetValue<string>(), thrown.Body["detail"]!.GetValue<string>()));
        Assert.Equal((503, "snoozed", "90"), (snoozed.Status, snoozed.Body!["code"]!.GetValue<string>(), snoozed.Headers["Retry-After"]));
    }

    [Fact]
    public async Task Whoever_takes_lines_is_told_what_the_handler_tells_and_then_how_it_ended()
    {
        await using var receiver = await PushReceiver.StartAsync();
        receiver.Script.Run = static async (context, cancellationToken) =>
        {
            await context.ReportProgressAsync(0, "begun", cancellationToken);
            context.ExtendTimeout("90s");
            return "done";
        };
        var body = Body.Insert(Body.Length - 1, ",\"policy\":\"timeout=1m\"");

        var (status, text, _) = await ExchangeAsync(receiver, body, change: static request => request.Headers.Accept.ParseAdd("application/x-ndjson"));

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(200, status);
        Assert.Contains(lines, static line => line["progress"]?["message"]?.GetValue<string>() == "begun");
        Assert.Contains(lines, static line => line["extendedBy"]?.GetValue<string>() is "90s" or "1m30s");
        Assert.Equal((true, "done"), (lines[^1]["isCompleted"]!.GetValue<bool>(), lines[^1]["result"]!.GetValue<string>()));
    }

    [Fact]
    public void Without_a_secret_or_with_senseless_options_the_address_is_not_mapped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddJobs(static jobs => jobs.WithoutStorage());
        using var application = builder.Build();

        foreach (var configure in new Action<JobWorkerOptions>[] { static _ => { }, static options => options.Tolerance = TimeSpan.Zero, static options => options.MaxConcurrency = 0 })
        {
            Assert.Equal(JobErrorCodes.Configuration, Assert.Throws<JobException>(() => application.MapJobWorker(configure)).Code);
        }
    }

    private static Task<PushReceiver> StartAsync(out List<JobId> runs)
    {
        var seen = runs = [];
        return StartAsync(seen);

        static async Task<PushReceiver> StartAsync(List<JobId> runs)
        {
            var receiver = await PushReceiver.StartAsync();
            receiver.Script.Run = (context, _) =>
            {
                runs.Add(context.JobId);
                return new("done");
            };
            return receiver;
        }
    }

    private static async Task<(int Status, JsonNode? Body, Dictionary<string, string> Headers)> SendAsync(
        PushReceiver receiver, string body = Body, string secret = PushReceiver.Secret, string? signed = null, string? id = null, TimeSpan age = default, Action<HttpRequestMessage>? change = null)
    {
        var (status, text, headers) = await ExchangeAsync(receiver, body, secret, signed, id, age, change);
        return (status, text.Length == 0 ? null : JsonNode.Parse(text), headers);
    }

    /// <summary>Sends a request that is signed as it should be, but for what the test changes.</summary>
    private static async Task<(int Status, string Text, Dictionary<string, string> Headers)> ExchangeAsync(
        PushReceiver receiver, string body = Body, string secret = PushReceiver.Secret, string? signed = null, string? id = null, TimeSpan age = default, Action<HttpRequestMessage>? change = null)
    {
        id ??= Guid.NewGuid().ToString();
        var timestamp = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(WebhookSigner.IdHeader, id);
        request.Headers.Add(WebhookSigner.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSigner.SignatureHeader, new WebhookSigner([secret]).Sign(id, timestamp, Encoding.UTF8.GetBytes(signed ?? body)));
        change?.Invoke(request);
        using var response = await http.SendAsync(request, TestService.Cancellation);
        var text = await response.Content.ReadAsStringAsync(TestService.Cancellation);
        return ((int)response.StatusCode, text, response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }
}
