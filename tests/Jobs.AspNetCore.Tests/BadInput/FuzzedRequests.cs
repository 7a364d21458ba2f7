using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Jobs.AspNetCore.Endpoints;

namespace Jobs.AspNetCore.Tests;

/// <summary>Requests at every endpoint, some right, most of them wrong somewhere.</summary>
internal static class FuzzedRequests
{
    private static readonly string[] _methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"];

    private static readonly string[] _texts =
    [
        "greet", "hold", "break", "off", "trees%2Fsort", "nobody", "mail", "default", "Queue", "Worker", "everything", "x", "%20", "%2F", "%2f%2F", "..", "%2e%2e", "%25", "%E2%82%AC", "%FF%FE", "%F0%9F%98%80",
        "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "not-an-id", "-1", "0", "null", "true", "*", "';DROP TABLE job;--", new('a', 3000), "a:b", "@", "~", "openapi.json", "registry", "many",
    ];

    private static readonly string[] _values =
    [
        "", "0", "1", "-1", "2", "1000", "1001", "2147483648", "-9223372036854775809", "1e3", "0x10", "true", "TRUE", "yes", "null", "5s", "-5s", "5", "1h30m", "99999999999d", "0s", "250ms", "Pending", "pending", "6", "Nope", "Completed", "Any", "Exact",
        "2030-01-01T00:00:00Z", "2030-01-01", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00-14:00", "yesterday", "greet", "mail", "AAAA", "%00", "%FF", "%E2%82%AC", "a%20b", "%22", "[]", "{}", "..%2F..", new('z', 2000),
        "eyJhIjoxfQ", "MTIzNDU2Nzg5MA==", "00000000-0000-0000-0000-000000000000", "waiting", "Waiting", "drained",
    ];

    private static readonly string[] _contentTypes = ["application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/vnd.api+json", "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream"];

    private static readonly string[] _bodies =
    [
        """{"input":{"name":"Ada"}}""", """{"input":{"name":"Ada","times":2},"options":{"delay":"1h"}}""", """{"input":"x","options":{"priority":2147483647,"tags":["a"]}}""", """{"jobs":[{"input":{"name":"Ada"}}]}""", """{"jobs":[]}""", """{"jobs":[null]}""", """{"jobs":null}""", """{"jobs":[{"input":{"name":"Ada"},"options":{"id":"00000000-0000-0000-0000-000000000001"}},{"input":{"name":"B"},"options":{"id":"00000000-0000-0000-0000-000000000001"}}]}""",
        """{"priority":3}""", """{"runAt":"2030-01-01T00:00:00Z"}""", """{"runAt":"9999-12-31T23:59:59Z"}""", """{"tags":[null]}""", """{"tags":["","a"]}""", """{"input":{}}""", """{"input":null}""", """{"jobName":"greet","cron":"@daily","input":{"name":"Ada"}}""", """{"jobName":"greet","cron":"* * * * * * *","input":{}}""", """{"jobName":"nobody","cron":"@daily"}""", """{"jobName":null,"cron":null}""", """{"cron":"every day at noon"}""", """{"jobName":"greet","cron":"@daily","input":{"name":"Ada"},"options":{"id":"00000000-0000-0000-0000-000000000001"}}""", """{"jobName":"greet","cron":"@daily","input":{"name":"Ada"},"maxCatchUp":-1,"maxRuns":0,"jitter":"9d"}""",
        "", " ", "null", "[]", "{}", "7", "\"x\"", "{", "}", "{\"input\":", "{\"input\":{\"name\":\"Ada\"},\"input\":{\"name\":\"Bob\"}}", "{\"input\":{\"name\":\"Ada\",\"name\":\"Bob\"}}", "{\"input\":{\"name\":\"Ada\"},\"unknown\":1}", "{\"input\":{\"name\":\"Ada\"},\"options\":{\"unknown\":1}}", "{\"Input\":{\"name\":\"Ada\"}}",
        "{\"input\":{\"name\":\"\\u0000\"}}", "{\"input\":{\"name\":\"\\ud800\"}}", "{\"input\":{\"name\":\"Ada\",\"times\":1e400}}", "{\"input\":{\"name\":\"Ada\",\"times\":1.5}}", "{\"input\":{\"name\":\"Ada\",\"times\":\"1\"}}", "{'input':1}", "{\"input\":1,}", "/* */{}", "NaN", "\uFEFF{}", "{\"options\":{\"metadata\":{\"\":null}}}", "{\"options\":{\"metadata\":{\"a\":1}}}", "{\"options\":{\"onCompleted\":\"not a uri\"}}", "{\"options\":{\"onFailed\":\"http://127.0.0.1/\"}}", "{\"options\":{\"dependsOn\":[\"x\"]}}", "{\"options\":{\"dependsOn\":[\"00000000-0000-0000-0000-000000000009\"]}}", "{\"options\":{\"dependsOn\":[null]}}", "{\"options\":{\"dependsOnTags\":[null]}}", "{\"options\":{\"metadata\":{\"a\":null}}}", "{\"options\":null}", "{\"jobs\":[{\"input\":{\"name\":\"Ada\"},\"options\":null}]}", "{\"jobs\":[{}]}", "{\"options\":{\"backoff\":\"Nope\"}}", "{\"options\":{\"backoff\":99}}", "{\"options\":{\"jitter\":7}}", "{\"options\":{\"runAt\":\"never\"}}", "{\"options\":{\"timeout\":\"0s\"}}", "{\"options\":{\"submitter\":\"\\u0000\"}}", "{\"options\":{\"onDuplicate\":\"Replace\"}}",
        "{\"input\":" + new string('[', 200) + new string(']', 200) + "}", "{\"input\":{\"value\":1,\"children\":[" + string.Concat(Enumerable.Repeat("{\"value\":1,\"children\":[", 40)) + string.Concat(Enumerable.Repeat("]}", 40)) + "]}}", "{\"input\":\"" + new string('x', 70_000) + "\"}",
    ];

    private static readonly (string, string)[] _headers =
    [
        ("Idempotency-Key", "k"), ("Idempotency-Key", "\"k\""), ("Idempotency-Key", ""), ("Idempotency-Key", "\"\""), ("Idempotency-Key", new('k', 300)), ("If-None-Match", "*"), ("If-None-Match", "\"x\", W/\"y\""), ("If-None-Match", ",,,"), ("If-Match", "\"x\""), ("If-Match", "*"), ("If-Match", "x"),
        ("Last-Event-ID", "1"), ("Last-Event-ID", "-1"), ("Last-Event-ID", "x"), ("Last-Event-ID", "9223372036854775807"), ("Last-Event-ID", "99999999999999999999"), ("Accept", "text/event-stream"), ("Accept", "application/xml"), ("Accept", ";;;"), ("Expect", "nothing"), ("Range", "bytes=0-1"), ("X-User", ":::"), ("Authorization", "Bearer x"), ("Content-Encoding", "gzip"), ("Accept-Encoding", "br;q=x"), ("traceparent", "00-zz"), ("Host", "else.where"),
    ];

    /// <summary>Any request; ids of existing jobs are among what fills the paths.</summary>
    public static Gen<FuzzedRequest> Create(IReadOnlyList<string> ids)
    {
        var part = Gen.Frequency((3, Gen.Elements<string>(ids)), (3, Gen.Elements("greet", "hold", "break", "trees%2Fsort")), (4, Gen.Elements(_texts)), (1, Gen.Choose(0, 0x7FF).ArrayOf(4).Select(Escape)));
        var value = Gen.Frequency((4, Gen.Elements(_values)), (1, Gen.Elements<string>(ids)), (1, Gen.Choose(0, 0x7FF).ArrayOf(3).Select(Escape)));
        var submits = ApiRoutes.All.Where(static route => route.Tag == "Submit").ToArray();
        return from route in Gen.Frequency((1, Gen.Elements(submits)), (3, Gen.Elements<ApiRoute>(ApiRoutes.All)))
               from parts in part.ArrayOf(3)
               from method in Gen.Frequency((5, Gen.Constant(route.Method)), (1, Gen.Elements(_methods)))
               from tail in Gen.Frequency((9, Gen.Constant(string.Empty)), (1, part.Select(static text => "/" + text)))
               from query in Query(route, value)
               from headers in Gen.Elements(_headers).ArrayOf().Resize(3)
               from type in Gen.Frequency((6, Gen.Constant<string?>("application/json")), (1, Gen.Elements<string?>(_contentTypes)), (1, Gen.Constant<string?>(null)))
               from body in Gen.Frequency((1, Gen.Constant<byte[]?>(null)), (route.Body is null ? 1 : 6, Body().Select(static bytes => (byte[]?)bytes)))
               select new FuzzedRequest(method, Fill(route.Pattern, parts) + tail, query, headers, type, body);
    }

    private static Gen<string> Query(ApiRoute route, Gen<string> value)
    {
        var names = Gen.Elements<string>([.. route.Query.Select(static parameter => parameter.Name), "unknown"]);
        var known = route.Query.Count == 0 ? 1 : 6;
        var pair = from name in Gen.Frequency((known, names), (1, Gen.Elements("unknown", "status", "LIMIT", "limit", "cursor", "tag", "%", "a[b]"))) from text in value select $"{name}={text}";
        return pair.ArrayOf().Resize(3).Select(static pairs => pairs.Length == 0 ? string.Empty : "?" + string.Join('&', pairs));
    }

    /// <summary>A body, as it is or damaged: bytes changed, cut off, or doubled.</summary>
    private static Gen<byte[]> Body() =>
        from text in Gen.Elements(_bodies)
        from damage in Gen.Choose(0, 9)
        from place in Gen.Choose(0, int.MaxValue - 1)
        from noise in Gen.Choose(0, 255)
        select Damage(Encoding.UTF8.GetBytes(text), damage, place, (byte)noise);

    private static byte[] Damage(byte[] body, int damage, int place, byte noise)
    {
        if (body.Length == 0)
        {
            return body;
        }

        switch (damage)
        {
            case 0:
                body[place % body.Length] = noise;
                return body;
            case 1:
                return body[..(place % body.Length)];
            case 2:
                return [.. body, .. body];
            default:
                return body;
        }
    }

    private static string Fill(string pattern, string[] parts)
    {
        var next = 0;
        return string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? parts[next++] : part));
    }

    private static string Escape(int[] characters) => Uri.EscapeDataString(string.Concat(characters.Select(static c => char.IsControl((char)c) ? 'c' : (char)c)));
}
