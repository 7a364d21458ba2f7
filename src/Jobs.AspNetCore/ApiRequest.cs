using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Endpoints;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore;

/// <summary>One request: what it says, read strictly, and how to answer it.</summary>
internal sealed class ApiRequest(JobsApi api, HttpContext context)
{
    public JobsApi Api => api;

    public HttpContext Context => context;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The id in the path.</summary>
    /// <exception cref="ApiException">It is no id, so there is no such job.</exception>
    public JobId Id => JobId.TryParse(Route("id"), CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new ApiException(StatusCodes.Status404NotFound, JobErrorCodes.NotFound, $"'{Route("id")}' is not a job's id, so there is no such job. An id is a UUID.");

    /// <summary>A part of the path. A slash in a name travels as %2F, which the server leaves as it is.</summary>
    public string Route(string name) => ((string)context.Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A parameter that was misspelt must not widen a filter in silence.</summary>
    public void RefuseUnknownParameters(ApiRoute route)
    {
        foreach (var (name, _) in context.Request.Query)
        {
            if (!route.Query.Any(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                var known = route.Query.Count == 0 ? "this address takes none" : "there are " + string.Join(", ", route.Query.Select(static parameter => parameter.Name));
                throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.UnknownParameter, $"There is no query parameter '{name}'; {known}.");
            }
        }
    }

    public string? Text(string name)
    {
        var values = context.Request.Query[name];
        return values.Count switch
        {
            0 => null,
            1 => string.IsNullOrEmpty(values[0]) ? throw Wrong(name, "it is empty; leave it out") : values[0],
            _ => throw Wrong(name, "it is there more than once"),
        };
    }

    public IReadOnlyList<string>? Texts(string name)
    {
        var values = context.Request.Query[name];
        return values.Count == 0 ? null : [.. values.Select(value => string.IsNullOrEmpty(value) ? throw Wrong(name, "one of them is empty") : value)];
    }

    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(name, $"'{text}' is not a whole number");

    public long? LongNumber(string name) => Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(name, $"'{text}' is not a whole number");

    public bool Flag(string name) => Text(name) is { } text && (bool.TryParse(text, out var value) ? value : throw Wrong(name, $"'{text}' is neither true nor false"));

    public DateTimeOffset? Time(string name)
    {
        // A plus sign that was not escaped arrives as a space.
        return Text(name)?.Replace(' ', '+') is not { } text ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value.ToUniversalTime() : throw Wrong(name, $"'{text}' is not a time; write it like 2030-01-31T12:00:00Z");
    }

    public TimeSpan? Duration(string name) => Text(name) is not { } text ? null
        : JobDuration.TryParse(text, out var value) ? value.Value : throw Wrong(name, $"'{text}' is not a duration; write it like 30s or 1m30s");

    public TEnum? Name<TEnum>(string name)
        where TEnum : struct, Enum
    {
        return Text(name) is { } text ? Member<TEnum>(name, text) : null;
    }

    public IReadOnlyCollection<TEnum>? Names<TEnum>(string name)
        where TEnum : struct, Enum
    {
        return Texts(name) is { } texts ? Array.ConvertAll<string, TEnum>([.. texts], text => Member<TEnum>(name, text)) : null;
    }

    /// <summary>The body, or null when there is none.</summary>
    public async ValueTask<T?> ReadBodyAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        var request = context.Request;
        if (request.ContentLength == 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0 && request.ContentType is null))
        {
            return null;
        }

        if (!request.HasJsonContentType())
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, ProblemCodes.UnsupportedMediaType, $"The body is '{request.ContentType}'; application/json is expected.");
        }

        var bytes = await RequestBody.ReadAsync(context, api.Options.MaxRequestBodyBytes).ConfigureAwait(false);
        return JsonSerializer.Deserialize(bytes.Span, type) ?? throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.MalformedJson, "The body is null; an object is expected.");
    }

    /// <exception cref="ApiException">There is no body.</exception>
    public async ValueTask<T> ReadRequiredBodyAsync<T>(JsonTypeInfo<T> type)
        where T : class =>
        await ReadBodyAsync(type).ConfigureAwait(false) ?? throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.MalformedJson, "There is no body; a JSON object is expected.");

    /// <summary>The job in the path, for a caller who may do this with it.</summary>
    /// <exception cref="JobNotFoundException">There is no such job, or the caller may not know.</exception>
    public ValueTask<(JobSnapshot Job, Caller Caller)> FindJobAsync(Access access) => FindJobAsync(Id, access);

    /// <summary>A job, for a caller who may do this with it.</summary>
    /// <exception cref="JobNotFoundException">There is no such job, or the caller may not know.</exception>
    public async ValueTask<(JobSnapshot Job, Caller Caller)> FindJobAsync(JobId id, Access access)
    {
        var job = await api.Manager.GetAsync(id, Aborted).ConfigureAwait(false);
        if (job is null)
        {
            await api.Authorization.DemandFilterAsync(context, access, null, null).ConfigureAwait(false);
            throw new JobNotFoundException(id);
        }

        var name = api.Registry.TryGet(job.Name, out var definition) ? definition.Name : job.Name;
        var caller = await api.Authorization.DemandJobAsync(context, access, name, job.Queue).ConfigureAwait(false);
        return caller.Sees(job) ? (job, caller) : throw new JobNotFoundException(id);
    }

    /// <summary>Answers with JSON and an entity tag; with 304 when the client has it already.</summary>
    public async Task AnswerTaggedAsync<T>(T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        var tag = TagOf(bytes);
        var response = context.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        if (Listed(context.Request.Headers.IfNoneMatch).Any(one => one == tag || one == "*" || one == "W/" + tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await AnswerAsync(bytes, StatusCodes.Status200OK).ConfigureAwait(false);
    }

    /// <summary>Refuses a change of a job that is not any more as the caller saw it (<c>If-Match</c>), with or without its input and result.</summary>
    /// <exception cref="ApiException">It has changed since.</exception>
    public void DemandUnchanged(JobSnapshot job)
    {
        if (context.Request.Headers.IfMatch.Count == 0)
        {
            return;
        }

        JobSnapshot[] views = [job, job with { Payload = null }, job with { ResultJson = null }, job with { Payload = null, ResultJson = null }];
        var tags = views.Select(static view => TagOf(JsonSerializer.SerializeToUtf8Bytes(view, ResponseJson.Default.JobSnapshot))).ToList();
        if (!Listed(context.Request.Headers.IfMatch).Any(one => one == "*" || tags.Contains(one)))
        {
            throw new ApiException(StatusCodes.Status412PreconditionFailed, ProblemCodes.PreconditionFailed, $"Job {job.Id} is not any more as the If-Match header says, and nothing was changed. Get it again, and decide anew.") { JobId = job.Id };
        }
    }

    public Task AnswerAsync<T>(T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        return AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(body, type), status);
    }

    public Task AnswerAsync(ReadOnlyMemory<byte> json, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, Aborted).AsTask();
    }

    public void AnswerNothing() => context.Response.StatusCode = StatusCodes.Status204NoContent;

    /// <summary>The path of a job under the mapped prefix.</summary>
    public string PathOf(JobId id) => $"{context.Request.PathBase}{api.Prefix}/{id}";

    public static ApiException Wrong(string parameter, string problem) =>
        new(StatusCodes.Status400BadRequest, ProblemCodes.InvalidParameter, $"The query parameter '{parameter}' is refused: {problem}.");

    private static string TagOf(byte[] json) => $"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16))}\"";

    private static IEnumerable<string> Listed(Microsoft.Extensions.Primitives.StringValues header) => header.SelectMany(static value => (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries));

    private static TEnum Member<TEnum>(string name, string text)
        where TEnum : struct, Enum
    {
        return char.IsLetter(text[0]) && Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw Wrong(name, $"'{text}' is none of {string.Join(", ", Enum.GetNames<TEnum>())}");
    }
}
