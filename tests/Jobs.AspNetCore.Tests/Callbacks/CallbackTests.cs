using System.Net;
using Jobs.Http.Addresses;
using Jobs.Http.Signatures;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Callbacks from the enqueue to the receiver.</summary>
public class CallbackTests
{
    private const string OldSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string NewSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    [Fact]
    public async Task A_completed_job_posts_its_result_signed_by_both_keys()
    {
        await using var receiver = await Receiver.StartAsync(HttpStatusCode.NoContent);
        await using var service = await StartAsync();

        await service.SubmitAsync("greet", $$$"""{"input":{"name":"Ada"},"options":{"metadata":{"tenant":"t"},"onCompleted":"{{{receiver.Address}}}"}}""");

        var received = await receiver.ReceiveAsync();
        Assert.Equal(("job.completed", "Hello Ada", "t"), (received.Text("type"), received.Body["data"]!["result"]!["text"]!.GetValue<string>(), received.Body["data"]!["metadata"]!["tenant"]!.GetValue<string>()));
        foreach (var secret in new[] { OldSecret, NewSecret })
        {
            Assert.Null(received.Check(new WebhookSigner([secret])));
        }

        Assert.NotNull(received.Check(new WebhookSigner(["whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])));
    }

    [Fact]
    public async Task A_failed_job_tells_why_and_a_receiver_that_fails_is_tried_again()
    {
        await using var receiver = await Receiver.StartAsync(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await using var service = await StartAsync();

        await service.SubmitAsync("break", $$$"""{"options":{"onFailed":"{{{receiver.Address}}}"}}""");

        var first = await receiver.ReceiveAsync();
        var second = await receiver.ReceiveAsync();
        Assert.Equal(("job.failed", "NonRetryable", "It is broken."), (first.Text("type"), first.Body["data"]!["failureReason"]!.GetValue<string>(), first.Body["data"]!["error"]!.GetValue<string>()));
        Assert.Equal(first.Headers[WebhookSigner.IdHeader], second.Headers[WebhookSigner.IdHeader]);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_or_redirects_is_not_asked_again()
    {
        await using var receiver = await Receiver.StartAsync(HttpStatusCode.Redirect);
        await using var service = await StartAsync();

        await service.SubmitAsync("greet", $$$"""{"input":{"name":"Ada"},"options":{"onCompleted":"{{{receiver.Address}}}"}}""");
        await receiver.ReceiveAsync();
        var callback = Assert.Single((await service.GetAsync("/jobs?queue=callbacks")).Body!["jobs"]!.AsArray())!["id"]!.GetValue<string>();
        var ended = await service.GetAsync($"/jobs/{callback}/wait");

        Assert.Equal(("Failed", "NonRetryable"), (ended.Text("status"), ended.Text("failureReason")));
    }

    [Theory]
    [InlineData("http://example.com/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://10.1.2.3/x")]
    [InlineData("https://2130706433/x")]
    [InlineData("https://[::ffff:169.254.169.254]/latest")]
    [InlineData("ftp://example.com/x")]
    [InlineData("https://user:secret@example.com/x")]
    public async Task An_address_that_is_not_allowed_is_refused_at_enqueue(string address)
    {
        await using var service = await StartAsync("Production");

        var answer = await service.PostAsync("/jobs/submit/greet", $$$"""{"input":{"name":"Ada"},"options":{"onCompleted":"{{{address}}}"}}""");

        Assert.Equal((400, "invalid-option"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_refused_when_it_is_resolved()
    {
        await using var service = await StartAsync("Production");

        await service.SubmitAsync("greet", """{"input":{"name":"Ada"},"options":{"onCompleted":"https://localhost:1/x"}}""");
        string? callback = null;
        while (callback is null)
        {
            callback = (await service.GetAsync("/jobs?queue=callbacks")).Body!["jobs"]!.AsArray().FirstOrDefault()?["id"]!.GetValue<string>();
        }

        var ended = await service.GetAsync($"/jobs/{callback}/wait");

        Assert.Equal(("Failed", "NonRetryable"), (ended.Text("status"), ended.Text("failureReason")));
        Assert.Contains("no address of the public internet", ended.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_UseCallbacks_an_enqueue_with_a_callback_says_what_is_missing()
    {
        await using var service = await TestService.StartAsync();

        var refused = await Assert.ThrowsAsync<JobException>(async () => await service.Jobs.Greet.EnqueueAsync(new("Ada"), new() { OnFailed = new Uri("https://example.com") }));

        Assert.Equal(JobErrorCodes.InvalidOption, refused.Code);
        Assert.Contains("UseCallbacks", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("0.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("ff02::1", false)]
    public void What_is_no_address_of_the_public_internet_is_known(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("not base64 at all!")]
    public void A_secret_that_is_too_short_or_no_base64_is_refused_without_telling_it(string secret)
    {
        var exception = Assert.Throws<JobException>(() => new WebhookSigner([secret]));

        Assert.Equal(JobErrorCodes.Configuration, exception.Code);
        Assert.True(secret.Length < 8 || !exception.Message.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void A_signature_holds_for_its_id_time_and_body_only()
    {
        var signer = new WebhookSigner([OldSecret]);
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var signature = signer.Sign("msg_1", 1_700_000_000, "{}"u8);
        var tolerance = TimeSpan.FromMinutes(5);

        Assert.Null(signer.Check("msg_1", "1700000000", signature, "{}"u8, now, tolerance));
        Assert.Null(signer.Check("msg_1", "1700000000", "v1a,x v1,AAAA " + signature, "{}"u8, now, tolerance));
        Assert.NotNull(signer.Check("msg_2", "1700000000", signature, "{}"u8, now, tolerance));
        Assert.NotNull(signer.Check("msg_1", "1700000001", signature, "{}"u8, now, tolerance));
        Assert.NotNull(signer.Check("msg_1", "1700000000", signature, "[]"u8, now, tolerance));
        Assert.NotNull(signer.Check("msg_1", "1700000000", signature, "{}"u8, now + TimeSpan.FromMinutes(6), tolerance));
        Assert.NotNull(signer.Check("msg_1", "9223372036854775807", signature, "{}"u8, now, tolerance));
        Assert.NotNull(signer.Check("msg_1", null, signature, "{}"u8, now, tolerance));
    }

    private static Task<TestService> StartAsync(string environment = "Development") => TestService.StartAsync(
        jobs: static jobs => jobs.UseInMemory().UseCallbacks(callbacks =>
        {
            callbacks.Secrets.Add(NewSecret);
            callbacks.Secrets.Add(OldSecret);
        }),
        environment: environment);
}
