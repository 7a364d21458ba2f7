using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Signatures against the package that the specification's authors publish for JavaScript, on either side.</summary>
public class StandardWebhooksTests
{
    [Theory]
    [InlineData(PushReceiver.Secret)]
    [InlineData(PushReceiver.OldSecret)]
    public async Task A_receiver_in_JavaScript_accepts_our_requests_by_either_key_and_its_answer_is_the_result(string known)
    {
        await using var receiver = await NodeProgram.StartAsync("receive.mjs", known);
        var address = new Uri(await receiver.ReadLineAsync());
        await using var service = await PushReceiver.PushingAsync(address, static push => push.Secrets.Add(PushReceiver.OldSecret));

        var job = await service.Jobs.Scripted.EnqueueAsync(new("héllo"), cancellationToken: TestService.Cancellation);

        Assert.Equal("scripted 1 héllo", await job.WaitForResultAsync(TestService.Cancellation));
    }

    [Theory]
    [InlineData(PushReceiver.Secret, "200 \"done\"")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "401 ")]
    public async Task A_sender_in_JavaScript_is_accepted_by_its_key(string secret, string expected)
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sender = await NodeProgram.StartAsync("send.mjs", receiver.Address.ToString(), secret, "héllo");

        Assert.StartsWith(expected, await sender.ReadLineAsync(), StringComparison.Ordinal);
    }
}
