namespace Jobs.Chaos;

/// <summary>Enqueues a mixture of jobs and says of each call that returned that its job was accepted.</summary>
internal sealed class Enqueuer(JobClient client, ChaosSettings settings, Task enough)
{
    private const int AtOnce = 10;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private int _next;

    /// <summary>The jobs that cannot end well, and some that are still to come when the workers start.</summary>
    public async Task PrepareAsync()
    {
        for (var number = 1; number <= settings.Oddities; number++)
        {
            await AcceptAsync("poisoned", -number, options => client.Poisoned.EnqueueAsync(new Work(-number, 0, true), options));
            await AcceptAsync("brittle", -number, options => client.Brittle.EnqueueAsync(new Work(-number, 0, false), options));
            await AcceptAsync("forsaken", -number, options => client.Forsaken.EnqueueAsync(new Work(-number, 0, false), options));
            await AcceptAsync(OwnJob.Name, -number, async options => await OwnJob.Of(client).EnqueueAsync(new Work(-number, 0, false), options));
        }

        new Report("prepared").Say();
    }

    public async Task EnqueueAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, settings.Callers).Select(_ => CallAsync()));
        new Report("enqueued").Say();
    }

    /// <summary>Enqueues some and waits for the last of them, so that there is always work to do and never a mountain of it.</summary>
    private async Task CallAsync()
    {
        while (!enough.IsCompleted || _next < settings.Count)
        {
            var last = await EnqueueAsync(Interlocked.Increment(ref _next));
            for (var i = 1; i < AtOnce; i++)
                last = await EnqueueAsync(Interlocked.Increment(ref _next));

            await WaitAsync(last);
        }
    }

    private Task<JobHandle> EnqueueAsync(int number) => (number % 50, number % 10) switch
    {
        (5, _) => AcceptAsync("slow", number, async options => await client.Slow.EnqueueAsync(new Work(number, 3000, false), options)),
        (_, 0 or 3 or 6) => AcceptAsync("transactional", number, async options => await client.Transactional.EnqueueAsync(new Work(number, number % 40, false), options)),
        (_, 7) => AcceptAsync("transactional", number, async options => await client.Transactional.EnqueueAsync(new Work(number, 0, true), options)),
        (_, 8) => AcceptAsync("flaky", number, async options => await client.Flaky.EnqueueAsync(new Work(number, 0, true), options)),
        (_, 9) => AcceptAsync("plain", number, async options => await client.Plain.EnqueueAsync(new Work(number, 0, false), options with { Delay = "1s" })),
        _ => AcceptAsync("plain", number, async options => await client.Plain.EnqueueAsync(new Work(number, number % 100, false), options)),
    };

    /// <summary>Calls until the job is accepted. Every second one has a key, so that a call whose answer was lost is not made twice.</summary>
    private static async Task<JobHandle> AcceptAsync(string kind, int number, Func<EnqueueOptions, ValueTask<JobHandle>> enqueue)
    {
        var options = new EnqueueOptions { IdempotencyKey = number % 2 == 0 ? $"{kind} {number} of {Environment.ProcessId}" : null };
        while (true)
        {
            try
            {
                var handle = await enqueue(options);
                new Report("accepted", handle.Id.ToString(), kind, number).Say();
                return handle;
            }
            catch (Exception exception) when (exception is not JobValidationException)
            {
                // The storage is away: part of the plan. Whether the job is there, only a key can tell.
                await Console.Error.WriteLineAsync($"{kind} {number} was not accepted: {exception.GetType().Name}: {exception.Message}");
                new Report("refused", null, kind, number).Say();
                await Task.Delay(_pause);
            }
        }
    }

    /// <summary>Waits for a job that runs in another process, through whatever happens to the storage.</summary>
    private static async Task WaitAsync(JobHandle handle)
    {
        while (true)
        {
            try
            {
                await handle.WaitForCompletionAsync();
                return;
            }
            catch (Exception exception) when (exception is not (JobFailedException or JobCancelledException or JobNotFoundException))
            {
                await Console.Error.WriteLineAsync($"Waiting for {handle.Id} was interrupted: {exception.GetType().Name}: {exception.Message}");
                await Task.Delay(_pause);
            }
        }
    }
}
