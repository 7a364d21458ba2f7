using System.Collections.Concurrent;
using System.Net.Mail;

namespace Quickstart;

/// <summary>
/// Delivers mails as .eml files, and behaves like real servers do: the first mail for each domain is refused for the moment
/// ("greylisting"), and accepted when it comes again.
/// </summary>
public sealed class MailDelivery(string outbox)
{
    private readonly ConcurrentDictionary<string, bool> _greeted = new(StringComparer.OrdinalIgnoreCase);

    public async Task<string> SendAsync(MailMessage message, string name, CancellationToken cancellationToken)
    {
        var domain = message.To[0].Host;
        if (_greeted.TryAdd(domain, true))
        {
            throw new SmtpException(SmtpStatusCode.MailboxBusy, $"451 4.7.1 {domain}: greylisted, try again later");
        }

        var pickup = Directory.CreateTempSubdirectory("quickstart-");
        try
        {
            using var smtp = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = pickup.FullName };
            await smtp.SendMailAsync(message, cancellationToken);
            Directory.CreateDirectory(outbox);

            // A copy beside the target first: a rename is atomic only within one file system.
            var target = Path.Combine(outbox, name + ".eml");
            var partial = Path.Combine(outbox, $".{name}.{Guid.NewGuid():N}.partial");
            File.Copy(pickup.GetFiles().Single().FullName, partial);
            File.Move(partial, target, overwrite: true);
            return target;
        }
        finally
        {
            pickup.Delete(recursive: true);
        }
    }
}
