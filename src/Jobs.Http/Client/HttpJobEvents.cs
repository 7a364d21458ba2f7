using System.Globalization;
using System.Runtime.CompilerServices;
using Jobs.Http.Wire;

namespace Jobs.Http.Client;

/// <summary>The events of a service's jobs. Those of one job that are missed during a break are made up for where the service stores events.</summary>
internal sealed class HttpJobEvents(JobsConnection connection) : IJobEvents
{
    private const int PageSize = 1000;

    public IAsyncEnumerable<JobEvent> SubscribeAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var path = new ApiPath("events").With("id", filter?.JobId?.ToString()).With("name", filter?.JobName).With("queue", filter?.Queue).With("tag", filter?.Tag);
        foreach (var kind in filter?.Kinds ?? [])
        {
            path.With("kind", kind.ToString());
        }

        return new EventSource<JobEvent>(connection, path.ToString(), ResponseJson.Default.JobEvent, null).ReadAsync(cancellationToken);
    }

    public async IAsyncEnumerable<JobEvent> ReadAsync(JobId id, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (long? after = afterSequence; after is not null;)
        {
            var path = ApiPath.Of(id, "/history").With("after", after.Value.ToString(CultureInfo.InvariantCulture)).With("limit", PageSize);
            var answer = await connection.SendAsync(new ApiCall(HttpMethod.Get, path.ToString()), cancellationToken).ConfigureAwait(false);
            var page = answer.Read(ResponseJson.Default.JobEventPage);
            foreach (var stored in page.Events)
            {
                yield return stored;
            }

            after = page.NextAfter;
        }
    }
}
