using Jobs;
using Shop.Mail;

namespace Shop.Billing;

public sealed record Invoice(int Number, string To);

/// <summary>A job that enqueues one of the library below it, through a client that has both.</summary>
[Job]
public sealed class SendInvoice(JobClient jobs) : IJobHandler<Invoice, string>
{
    public async ValueTask<string> HandleAsync(Invoice input, JobContext context, CancellationToken cancellationToken)
    {
        var mail = await jobs.SendMail.EnqueueAsync(new SendMailInput(input.To, $"Invoice {input.Number}"), cancellationToken: cancellationToken);
        return await mail.WaitForResultAsync(cancellationToken);
    }
}
