using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Jobs;

namespace Quickstart;

/// <summary>What a welcome mail needs. The attributes are checked before a job is stored, and again before it runs.</summary>
public sealed record WelcomeMail(
    [Required, EmailAddress, StringLength(254)] string To,
    [Required, StringLength(80)] string Name,
    [AllowedValues("free", "team", "business")] string Plan);

public sealed record DeliveredMail(string File, int Attempts);

/// <summary>Sends a welcome mail to somebody who signed up.</summary>
[Job("send-welcome-mail", Queue = "mail", MaxAttempts = 5, Backoff = BackoffKind.Exponential, BackoffDelay = "200ms", Timeout = "30s", MaxConcurrency = 8)]
public sealed class SendWelcomeMail(MailDelivery delivery) : IJobHandler<WelcomeMail, DeliveredMail>
{
    public async ValueTask<DeliveredMail> HandleAsync(WelcomeMail input, JobContext context, CancellationToken cancellationToken)
    {
        using var message = new MailMessage("welcome@jobs.example", input.To)
        {
            Subject = $"Welcome, {input.Name}",
            Body = $"Hello {input.Name},\n\nyour {input.Plan} account is ready.\n",
        };

        // The file is named after the job: should this job ever run twice, the second mail replaces the first.
        var file = await delivery.SendAsync(message, context.JobId.ToString(), cancellationToken);
        return new DeliveredMail(file, context.Attempt);
    }
}
