using System.Runtime.CompilerServices;
using Jobs.Hosting;
using Jobs.Storage;

namespace Jobs.Events;

internal sealed class JobEvents(JobsRuntime runtime) : IJobEvents
{
    private const int Page = 500;
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    public IAsyncEnumerable<JobEvent> SubscribeAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        runtime.EventWriter is { } writer ? FollowAsync(writer, filter, cancellationToken) : ListenAsync(filter, cancellationToken);

    public async IAsyncEnumerable<JobEvent> ReadAsync(JobId id, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<JobEvent> page;
        do
        {
            page = await storage.ReadEventsAsync(new JobEventQuery(afterSequence, Page, id), cancellationToken).ConfigureAwait(false);
            foreach (var told in page)
            {
                afterSequence = told.Sequence;
                yield return told;
            }
        }
        while (page.Count == Page);
    }

    /// <summary>This process's own events.</summary>
    private async IAsyncEnumerable<JobEvent> ListenAsync(JobEventFilter? filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = runtime.Events.Subscribe();
        try
        {
            await foreach (var told in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (filter?.Matches(told) != false)
                {
                    yield return told;
                }
            }
        }
        finally
        {
            runtime.Events.Unsubscribe(channel);
        }
    }

    /// <summary>The events of all processes, from the storage's log. This process's own are looked for as soon as they are written.</summary>
    private async IAsyncEnumerable<JobEvent> FollowAsync(JobEventWriter writer, JobEventFilter? filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var last = await storage.GetLastEventAsync(cancellationToken).ConfigureAwait(false);
        var pause = runtime.Settings.Worker.PollInterval < _longestPause ? runtime.Settings.Worker.PollInterval : _longestPause;
        while (true)
        {
            var written = writer.NextWritten;
            var page = await storage.ReadEventsAsync(new JobEventQuery(last, Page, filter?.JobId), cancellationToken).ConfigureAwait(false);
            foreach (var told in page)
            {
                last = told.Sequence;
                if (filter?.Matches(told) != false)
                {
                    yield return told;
                }
            }

            if (page.Count < Page)
            {
                await Task.WhenAny(written, Task.Delay(pause, runtime.Time, cancellationToken)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
