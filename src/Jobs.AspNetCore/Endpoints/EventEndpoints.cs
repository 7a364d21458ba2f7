using System.Globalization;
using System.Text.Json;
using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Streaming;
using Jobs.Http.Wire;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>The live events of many jobs, or of one.</summary>
internal static class EventEndpoints
{
    public static async Task FollowAsync(ApiRequest request)
    {
        var filter = new JobEventFilter
        {
            JobId = request.Text("id") is not { } text ? null : JobId.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : throw ApiRequest.Wrong("id", $"'{text}' is not a job's id"),
            JobName = request.Text("name"),
            Queue = request.Text("queue"),
            Tag = request.Text("tag"),
            Kinds = request.Names<JobEventKind>("kind"),
        };
        await DemandAsync(request, filter).ConfigureAwait(false);
        using var slot = request.Api.Slots.Take();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, request.Api.Stopping);
        var stream = new EventStream(request.Context.Response);
        stream.Begin();
        var last = long.TryParse(request.Context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        var live = request.Api.Events.SubscribeAsync(filter, ending.Token).GetAsyncEnumerator(ending.Token);
        await using (live.ConfigureAwait(false))
        {
            // Subscribed before looking back: what happens in between is then in both, and told once.
            var next = live.MoveNextAsync().AsTask();
            await stream.KeepAliveAsync(ending.Token).ConfigureAwait(false);
            if (filter.JobId is { } job && last > 0)
            {
                await foreach (var missed in request.Api.Events.ReadAsync(job, last, ending.Token).ConfigureAwait(false))
                {
                    last = missed.Sequence;
                    if (filter.Matches(missed))
                    {
                        await SendAsync(stream, missed, ending.Token).ConfigureAwait(false);
                    }
                }
            }

            while (await stream.KeepAliveUntilAsync(next, request.Api.Options.StreamKeepAlive, request.Api.Time, ending.Token).ConfigureAwait(false))
            {
                if (live.Current.Sequence == 0 || live.Current.Sequence > last)
                {
                    await SendAsync(stream, live.Current, ending.Token).ConfigureAwait(false);
                }

                next = live.MoveNextAsync().AsTask();
            }
        }
    }

    /// <summary>A page of a job's stored events.</summary>
    public static async Task HistoryAsync(ApiRequest request)
    {
        var (after, limit) = PageReader.Read(request);
        await DemandAsync(request, new JobEventFilter { JobId = request.Id }).ConfigureAwait(false);
        var events = new List<JobEvent>();
        await foreach (var stored in request.Api.Events.ReadAsync(request.Id, after, request.Aborted).ConfigureAwait(false))
        {
            if (events.Count == limit)
            {
                await request.AnswerAsync(new JobEventPage(events, events[^1].Sequence), ResponseJson.Default.JobEventPage).ConfigureAwait(false);
                return;
            }

            events.Add(stored);
        }

        await request.AnswerAsync(new JobEventPage(events, null), ResponseJson.Default.JobEventPage).ConfigureAwait(false);
    }

    /// <summary>Events carry no submitter, so whoever sees only his own jobs sees those of one job that is his.</summary>
    private static async ValueTask DemandAsync(ApiRequest request, JobEventFilter filter)
    {
        if (filter.JobId is { } id && await request.Api.Manager.GetAsync(id, request.Aborted).ConfigureAwait(false) is { } job)
        {
            var name = request.Api.Registry.TryGet(job.Name, out var definition) ? definition.Name : job.Name;
            var caller = await request.Api.Authorization.DemandJobAsync(request.Context, Access.Read, name, job.Queue).ConfigureAwait(false);
            if (!caller.Sees(job))
            {
                throw new JobNotFoundException(id);
            }

            return;
        }

        await request.Api.Authorization.DemandEverybodysAsync(request.Context, Access.Read, filter.JobName, filter.Queue).ConfigureAwait(false);
    }

    private static Task SendAsync(EventStream stream, JobEvent jobEvent, CancellationToken cancellationToken) =>
        stream.SendAsync(
            JsonNamingPolicy.KebabCaseLower.ConvertName(jobEvent.Kind.ToString()),
            jobEvent.Sequence > 0 ? jobEvent.Sequence.ToString(CultureInfo.InvariantCulture) : null,
            JsonSerializer.SerializeToUtf8Bytes(jobEvent, ResponseJson.Default.JobEvent),
            cancellationToken);
}
