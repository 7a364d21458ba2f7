using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jobs.Http.Signatures;

/// <summary>
/// Signs and checks requests as the Standard Webhooks specification says: HMAC-SHA256 over id, timestamp and body. Several keys are for
/// rotation: all of them sign, any of them suffices.
/// </summary>
internal sealed class WebhookSigner
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    private const string Version = "v1,";

    private readonly WebhookSecret[] _secrets;

    public WebhookSigner(IEnumerable<string> secrets)
    {
        _secrets = [.. secrets.Select(WebhookSecret.Parse)];
        if (_secrets.Length == 0)
        {
            throw new JobException(JobErrorCodes.Configuration, "There is no signing secret. Add one to Secrets, for example from a key vault; make it with: openssl rand -base64 32.");
        }
    }

    /// <summary>The signatures of all keys, separated by spaces.</summary>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var content = Content(id, timestamp, body);
        return string.Join(' ', _secrets.Select(secret => Version + Convert.ToBase64String(secret.Sign(content))));
    }

    /// <summary>Null when one of the signatures is by one of the keys and the timestamp is near; otherwise what is wrong.</summary>
    public string? Check(string? id, string? timestampText, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestampText) || string.IsNullOrEmpty(signatures))
        {
            return $"the headers {IdHeader}, {TimestampHeader} and {SignatureHeader} are needed";
        }

        if (!long.TryParse(timestampText, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp))
        {
            return $"{TimestampHeader} is no number of seconds";
        }

        // Compared as numbers, because any number of seconds may come from outside.
        if (Math.Abs((double)now.ToUnixTimeSeconds() - timestamp) > tolerance.TotalSeconds)
        {
            return $"{TimestampHeader} is too far from this machine's clock";
        }

        var content = Content(id, timestamp, body);
        var isGenuine = false;
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!signature.StartsWith(Version, StringComparison.Ordinal))
            {
                continue;
            }

            var claimed = Encoding.ASCII.GetBytes(signature[Version.Length..]);
            foreach (var secret in _secrets)
            {
                isGenuine |= CryptographicOperations.FixedTimeEquals(claimed, Encoding.ASCII.GetBytes(Convert.ToBase64String(secret.Sign(content))));
            }
        }

        return isGenuine ? null : $"{SignatureHeader} is by none of the known keys";
    }

    private static byte[] Content(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var content = new byte[head.Length + body.Length];
        head.CopyTo(content, 0);
        body.CopyTo(content.AsSpan(head.Length));
        return content;
    }
}
