using System.ComponentModel.DataAnnotations;
using Jobs;

namespace Shop.Mail;

public sealed record SendMailInput([EmailAddress] string To, [Required] string Subject);

/// <summary>An internal handler of a library.</summary>
[Job("send-mail", Queue = "mail")]
internal sealed class SendMail : IJobHandler<SendMailInput, string>
{
    public ValueTask<string> HandleAsync(SendMailInput input, JobContext context, CancellationToken cancellationToken) =>
        new($"{input.Subject} to {input.To}");
}
