using Jobs;

namespace WorkBench.Indexing;

/// <summary>Finds the two texts that are most alike, by the number of words to change. Takes a while, says how far it is, and stops when it is cancelled.</summary>
[Job(Queue = "compare", ProgressTimeout = "1m")]
public sealed class CompareTexts(WordIndex index) : IJobHandler<CompareTextsInput, Likeness>
{
    public async ValueTask<Likeness> HandleAsync(CompareTextsInput input, JobContext context, CancellationToken cancellationToken)
    {
        var texts = index.Texts.OrderBy(text => text.Key, StringComparer.Ordinal).ToList();
        var best = new Likeness(string.Empty, string.Empty, 0);
        var (done, pairs) = (0, texts.Count * (texts.Count - 1) / 2);
        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = i + 1; j < texts.Count; j++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (first, second) = (texts[i], texts[j]);
                var share = EditDistance.Likeness(first.Value, second.Value, input.Passes, cancellationToken);
                if (share > best.Share)
                    best = new Likeness(Path.GetFileName(first.Key), Path.GetFileName(second.Key), share);

                await context.ReportProgressAsync(100.0 * ++done / pairs, $"{Path.GetFileName(first.Key)} and {Path.GetFileName(second.Key)}", cancellationToken);
            }
        }

        return best;
    }
}
