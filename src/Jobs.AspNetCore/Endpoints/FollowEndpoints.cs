using System.Globalization;
using System.Text.Json;
using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Streaming;
using Jobs.Http.Wire;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Following one job: its log, and its state.</summary>
internal static class FollowEndpoints
{
    public static async Task LogsAsync(ApiRequest request)
    {
        var (after, limit) = PageReader.Read(request);
        var (job, _) = await request.FindJobAsync(Access.Read).ConfigureAwait(false);
        if (request.Flag("follow") || AcceptsEvents(request))
        {
            await FollowLogsAsync(request, job.Id, long.TryParse(request.Context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : after).ConfigureAwait(false);
            return;
        }

        var entries = new List<JobLogEntry>();
        await foreach (var entry in request.Api.Manager.ReadLogsAsync(job.Id, after, follow: false, request.Aborted).ConfigureAwait(false))
        {
            if (entries.Count == limit)
            {
                await request.AnswerAsync(new LogPage(entries, entries[^1].Line), ResponseJson.Default.LogPage).ConfigureAwait(false);
                return;
            }

            entries.Add(entry);
        }

        await request.AnswerAsync(new LogPage(entries, null), ResponseJson.Default.LogPage).ConfigureAwait(false);
    }

    /// <summary>A job's state whenever it changes, until it has ended.</summary>
    public static async Task StateAsync(ApiRequest request)
    {
        var (job, caller) = await request.FindJobAsync(Access.Read).ConfigureAwait(false);
        using var slot = request.Api.Slots.Take();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, request.Api.Stopping);
        var stream = new EventStream(request.Context.Response);
        stream.Begin();
        byte[] last = [];
        var options = request.Api.Options;
        var quiet = TimeSpan.Zero;
        for (var now = job; now is not null && caller.Sees(now); now = await request.Api.Manager.GetAsync(job.Id, ending.Token).ConfigureAwait(false))
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(JobEndpoints.Trim(request, now), ResponseJson.Default.JobSnapshot);
            if (!json.AsSpan().SequenceEqual(last))
            {
                last = json;
                quiet = TimeSpan.Zero;
                await stream.SendAsync(JobEndpoints.HasEnded(now) ? "end" : "state", null, json, ending.Token).ConfigureAwait(false);
            }

            if (JobEndpoints.HasEnded(now))
            {
                return;
            }

            if (quiet >= options.StreamKeepAlive)
            {
                quiet = TimeSpan.Zero;
                await stream.KeepAliveAsync(ending.Token).ConfigureAwait(false);
            }

            await Task.Delay(options.FollowInterval, request.Api.Time, ending.Token).ConfigureAwait(false);
            quiet += options.FollowInterval;
        }

        // The record is gone.
        await stream.SendAsync("gone", null, "{}"u8.ToArray(), ending.Token).ConfigureAwait(false);
    }

    private static bool AcceptsEvents(ApiRequest request) =>
        request.Context.Request.Headers.Accept.Any(static value => value?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true);

    private static async Task FollowLogsAsync(ApiRequest request, JobId id, long after)
    {
        using var slot = request.Api.Slots.Take();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, request.Api.Stopping);
        var stream = new EventStream(request.Context.Response);
        stream.Begin();
        await stream.KeepAliveAsync(ending.Token).ConfigureAwait(false);
        var lines = request.Api.Manager.ReadLogsAsync(id, after, follow: true, ending.Token).GetAsyncEnumerator(ending.Token);
        await using (lines.ConfigureAwait(false))
        {
            while (await stream.KeepAliveUntilAsync(lines.MoveNextAsync().AsTask(), request.Api.Options.StreamKeepAlive, request.Api.Time, ending.Token).ConfigureAwait(false))
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(lines.Current, ResponseJson.Default.JobLogEntry);
                await stream.SendAsync("log", lines.Current.Line.ToString(CultureInfo.InvariantCulture), json, ending.Token).ConfigureAwait(false);
            }
        }

        await stream.SendAsync("end", null, "{}"u8.ToArray(), ending.Token).ConfigureAwait(false);
    }
}
