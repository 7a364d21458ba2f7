using System.Text;

namespace Jobs.AspNetCore.Tests;

/// <summary>Breaks every stream of events off after so many of them.</summary>
internal sealed class BreakingHandler(int lines) : DelegatingHandler
{
    public int Streams { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return response;
        }

        Streams++;
        var events = (await response.Content.ReadAsStringAsync(cancellationToken)).Split("\n\n").Where(block => block.Contains("data:", StringComparison.Ordinal));
        response.Content = new StringContent(string.Concat(events.Take(lines).Select(block => block + "\n\n")) + "id: 99\nevent: lo", Encoding.UTF8, "text/event-stream");
        return response;
    }
}
