using System.Globalization;
using System.IO.Compression;
using Jobs;

namespace AotWorker.Reports;

/// <summary>Writes a compressed file, named by the job: a second attempt replaces the first one's.</summary>
[Job("write-report", Description = "Writes a report as a compressed CSV file.", Queue = "documents", MaxAttempts = 5, BackoffDelay = "1s", Timeout = "1m")]
public sealed class WriteReport(ReportFolder folder) : IJobHandler<WriteReportInput, WrittenReport>
{
    public async ValueTask<WrittenReport> HandleAsync(WriteReportInput input, JobContext context, CancellationToken cancellationToken)
    {
        var name = $"{context.JobId}.csv.gz";
        var bytes = await folder.WriteAsync(name, async file =>
        {
            await using var zip = new GZipStream(file, CompressionLevel.Fastest);
            await using var text = new StreamWriter(zip);
            await text.WriteLineAsync(input.Title);
            foreach (var line in input.Lines)
            {
                await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\"{line.Item.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{line.Quantity},{line.Price},{input.Currency}").AsMemory(), cancellationToken);
            }
        });
        return new WrittenReport(name, bytes, input.Lines.Sum(static line => line.Quantity * line.Price));
    }
}
