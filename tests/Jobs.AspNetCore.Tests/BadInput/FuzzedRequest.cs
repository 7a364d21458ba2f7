using System.Net.Http.Headers;
using System.Text;

namespace Jobs.AspNetCore.Tests;

/// <summary>A request as nobody should send it.</summary>
public sealed record FuzzedRequest(string Method, string Path, string Query, IReadOnlyList<(string Name, string Value)> Headers, string? ContentType, byte[]? Body)
{
    public HttpRequestMessage ToMessage()
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri("/jobs" + Path + Query, UriKind.Relative));
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            if (ContentType is not null && MediaTypeHeaderValue.TryParse(ContentType, out var type))
            {
                request.Content.Headers.ContentType = type;
            }
        }

        return request;
    }

    public override string ToString()
    {
        var body = Body is null ? "-" : Encoding.UTF8.GetString(Body);
        return $"{Method} {Path}{Query}\n{string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}"))}\n{ContentType}\n{(body.Length > 2000 ? body[..2000] + "…" : body)}";
    }
}
