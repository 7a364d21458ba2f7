using System.Globalization;
using Jobs;

namespace AotClient;

/// <summary>What the command line can do.</summary>
internal sealed class Commands(JobClient jobs, IJobManager manager)
{
    public const string Usage =
        """
        AotClient ADDRESS digest TEXT      what is in a text; waits for the result
        AotClient ADDRESS primes NUMBER    starts to count primes up to a number; prints the job's id
        AotClient ADDRESS status ID        how far a job is
        AotClient ADDRESS cancel ID        stops a count of primes, and follows it until it has ended
        AotClient ADDRESS list [NAME]      jobs, newest first

        ADDRESS is where the service has its jobs, such as http://127.0.0.1:5080/jobs. The key is read from JOBS_API_KEY.
        """;

    public Task RunAsync(IReadOnlyList<string> command) => command switch
    {
        ["digest", var text] => DigestAsync(text),
        ["primes", var number] when long.TryParse(number, CultureInfo.InvariantCulture, out var upTo) => CountPrimesAsync(upTo),
        ["status", var id] when JobId.TryParse(id, null, out var job) => ShowAsync(job),
        ["cancel", var id] when JobId.TryParse(id, null, out var job) => CancelAsync(job),
        ["list"] => ListAsync(null),
        ["list", var name] => ListAsync(name),
        _ => throw new ArgumentException(Usage),
    };

    private async Task DigestAsync(string text)
    {
        var job = await jobs.DigestText.EnqueueAsync(new(text));
        var digest = await job.WaitForResultAsync();
        Console.WriteLine($"{digest.Words} words, most often {string.Join(", ", digest.MostFrequent.Select(static word => $"{word.Word} ({word.Count})"))}");
    }

    private async Task CountPrimesAsync(long upTo)
    {
        var job = await jobs.CountPrimes.EnqueueAsync(new(upTo));
        Console.WriteLine(job.Id);
    }

    private async Task ShowAsync(JobId id) => Show(await manager.GetAsync(id) ?? throw new JobNotFoundException(id));

    private async Task CancelAsync(JobId id)
    {
        var job = await jobs.CountPrimes.GetAsync(id) ?? throw new JobNotFoundException(id);
        await job.CancelAsync();
        await foreach (var state in job.WatchAsync())
        {
            Show(state);
        }
    }

    private async Task ListAsync(string? name)
    {
        var page = await manager.ListAsync(new JobFilter { Name = name });
        foreach (var job in page.Jobs)
        {
            Show(job);
        }
    }

    private static void Show(JobSnapshot job) => Console.WriteLine($"{job.Id} {job.Name} {job.Status}{(job.ProgressMessage is { } message ? $": {message}" : string.Empty)}");
}
