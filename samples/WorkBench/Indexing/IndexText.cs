using System.Text;
using Jobs;
using Microsoft.Extensions.Logging;

namespace WorkBench.Indexing;

/// <summary>Counts a text's words and puts them into the index. What is not text goes to quarantine.</summary>
[Job(Queue = "index", MaxAttempts = 3, BackoffDelay = "200ms", Timeout = "1m", KeyConcurrency = 1, DeadLetterTo = typeof(QuarantineText))]
public sealed partial class IndexText(WordIndex index) : IJobHandler<IndexTextInput, TextSummary>
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async ValueTask<TextSummary> HandleAsync(IndexTextInput input, JobContext context, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = await File.ReadAllTextAsync(input.Path, _strict, cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            // Trying again would not help: the job fails at once and its letter goes to QuarantineText.
            throw context.Fail("not UTF-8 text");
        }

        var words = Words.Of(text);
        Counted(context.Logger, words.Count, text.Length);
        await context.ReportProgressAsync(50, "counted", cancellationToken);
        var summary = new TextSummary(Path.GetFileName(input.Path), words.Count, words.Distinct(StringComparer.Ordinal).Count());
        index.Put(input.Path, words);
        Indexed(context.Logger, summary.DistinctWords);
        return summary;
    }

    [LoggerMessage(LogLevel.Information, "{Words} words in {Characters} characters")]
    private static partial void Counted(ILogger logger, int words, int characters);

    [LoggerMessage(LogLevel.Information, "{DistinctWords} different words are in the index")]
    private static partial void Indexed(ILogger logger, int distinctWords);
}
