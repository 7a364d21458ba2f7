using System.Security.Cryptography;
using System.Text;
using Jobs;

namespace AotWorker.Documents;

/// <summary>Reads a text: how many words, which most often, and the hash that tells whether it has been seen before.</summary>
[Job("digest-text", Description = "Counts the words of a text and hashes it.", Queue = "documents", Timeout = "30s")]
public sealed class DigestText : IJobHandler<DigestTextInput, TextDigest>
{
    public ValueTask<TextDigest> HandleAsync(DigestTextInput input, JobContext context, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var words = 0;
        foreach (var word in input.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            cancellationToken.ThrowIfCancellationRequested();
            words++;
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        // Sorted in place: LINQ over pairs of structs would cost a native program more than the rest of this sample.
        var frequent = new List<WordCount>(counts.Count);
        foreach (var (word, count) in counts)
        {
            frequent.Add(new WordCount(word, count));
        }

        frequent.Sort(static (one, other) => one.Count != other.Count ? other.Count - one.Count : string.Compare(one.Word, other.Word, StringComparison.OrdinalIgnoreCase));
        return new(new TextDigest(words, counts.Count, [.. frequent.Take(input.Top)], Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input.Text)))));
    }
}
