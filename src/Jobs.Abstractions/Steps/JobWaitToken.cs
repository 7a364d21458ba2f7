using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Jobs;

/// <summary>
/// The right to answer one wait of one job, to be given to whoever shall answer it: a person's link, another system's callback.
/// Its text carries the job's id, which is no secret, and 128 random bits, which are.
/// </summary>
/// <param name="JobId">The job that waits.</param>
/// <param name="Secret">What nobody can guess.</param>
public readonly record struct JobWaitToken(JobId JobId, Guid Secret)
{
    private const int IdLength = 16;
    private const int Length = 2 * IdLength;

    /// <summary>A new token for a wait of a job.</summary>
    /// <param name="jobId">The job.</param>
    public static JobWaitToken New(JobId jobId) => new(jobId, new Guid(RandomNumberGenerator.GetBytes(IdLength)));

    /// <summary>Reads what <see cref="ToString"/> wrote; false when it is no token.</summary>
    /// <param name="text">The text.</param>
    /// <param name="token">The token.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobWaitToken token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        token = default;
        if (text is null || !Base64Url.IsValid(text, out var length) || length != Length)
            return false;

        Base64Url.DecodeFromChars(text, bytes);
        token = new JobWaitToken(new JobId(new Guid(bytes[..IdLength], bigEndian: true)), new Guid(bytes[IdLength..], bigEndian: true));
        return true;
    }

    /// <summary>43 characters that may stand in an address: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        JobId.Value.TryWriteBytes(bytes[..IdLength], bigEndian: true, out _);
        Secret.TryWriteBytes(bytes[IdLength..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
