using System.Runtime.CompilerServices;
using Jobs.Http.Wire;

namespace Jobs.Http.Client;

internal sealed partial class HttpJobManager
{
    private const int LogLines = 1000;

    public async IAsyncEnumerable<JobLogEntry> ReadLogsAsync(JobId id, long afterLine = 0, bool follow = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterLine);
        if (follow)
        {
            await foreach (var entry in FollowLogsAsync(id, afterLine, cancellationToken).ConfigureAwait(false))
            {
                yield return entry;
            }

            yield break;
        }

        for (long? after = afterLine; after is not null;)
        {
            var path = ApiPath.Of(id, "/logs").With("after", after.Value).With("limit", LogLines);
            var answer = await _connection.SendAsync(new ApiCall(HttpMethod.Get, path.ToString()) { Tolerates = _missing }, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is not null)
            {
                yield break;
            }

            var page = answer.Read(ResponseJson.Default.LogPage);
            foreach (var entry in page.Entries)
            {
                yield return entry;
            }

            after = page.NextAfter;
        }
    }

    private IAsyncEnumerable<JobLogEntry> FollowLogsAsync(JobId id, long afterLine, CancellationToken cancellationToken)
    {
        var path = ApiPath.Of(id, "/logs").With("follow", true).With("after", afterLine).ToString();
        return new EventSource<JobLogEntry>(_connection, path, ResponseJson.Default.JobLogEntry, null).ReadAsync(cancellationToken);
    }
}
