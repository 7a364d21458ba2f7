using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Jobs.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.OpenApi;

/// <summary>
/// The description of the API by OpenAPI 3.1, with the schemas of the jobs that this service knows. Made from the table of routes and
/// from serialization metadata, without reflection.
/// </summary>
internal static class OpenApiDocument
{
    private static readonly string[] _tags = ["Submit", "Jobs", "Operate", "Schedules", "Queues", "Registry"];

    /// <summary>Writes the document as UTF-8 JSON.</summary>
    /// <param name="registry">The jobs.</param>
    /// <param name="server">The path under which the API is reached.</param>
    public static byte[] Write(IJobRegistry registry, string server)
    {
        var jobs = JobSchemas.Create(registry);
        var paths = new JsonObject();
        foreach (var routes in ApiRoutes.All.GroupBy(static route => route.Pattern, StringComparer.Ordinal))
        {
            var path = new JsonObject();
            foreach (var route in routes)
            {
                path[route.Method.ToLowerInvariant()] = Operation(route);
            }

            paths[routes.Key] = path;
        }

        foreach (var job in jobs)
        {
            paths[$"/submit/{Uri.EscapeDataString(job.Definition.Name)}"] = new JsonObject { ["post"] = SubmitOperation(job) };
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Jobs",
                ["version"] = "1",
                ["description"] = "Submit, follow and operate background jobs. Errors are problem details (RFC 9457) with a stable code.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = server }),
            ["security"] = new JsonArray(new JsonObject()),
            ["tags"] = new JsonArray([.. _tags.Select(static tag => new JsonObject { ["name"] = tag, ["description"] = TagText(tag) })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = WireSchemas.Create(jobs),
                ["responses"] = new JsonObject { ["Problem"] = Content("What went wrong.", "application/problem+json", "Problem") },
            },
        };
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static JsonObject Operation(ApiRoute route)
    {
        var operation = Head(route.Id, route.Tag, route.Summary);
        var parameters = new JsonArray();
        foreach (var name in route.PathParameters)
        {
            parameters.Add((JsonNode)Parameter(name, "path", name == "id" ? """{"type":"string","format":"uuid"}""" : """{"type":"string"}""", PathText(name)));
        }

        foreach (var parameter in route.Query)
        {
            parameters.Add((JsonNode)Parameter(parameter.Name, "query", parameter.Schema, parameter.Description));
        }

        AddHeaders(route, parameters);
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (route.Body is not null)
        {
            operation["requestBody"] = new JsonObject { ["required"] = !route.BodyIsOptional, ["content"] = Media("application/json", route.Body) };
        }

        operation["responses"] = Responses(route);
        return operation;
    }

    /// <summary>Submitting a job of a known name, with its own input.</summary>
    private static JsonObject SubmitOperation(JobSchemas job)
    {
        var generic = ApiRoutes.All[0];
        var operation = Head("submit" + job.Pascal, "Submit", job.Definition.Description ?? $"Enqueue the job {job.Definition.Name}.");
        var parameters = new JsonArray();
        AddHeaders(generic, parameters);
        operation["parameters"] = parameters;
        operation["requestBody"] = new JsonObject { ["required"] = job.Definition.InputType is not null, ["content"] = Media("application/json", job.SubmitKey) };
        operation["responses"] = Responses(generic);
        return operation;
    }

    private static JsonObject Head(string id, string tag, string summary) => new()
    {
        ["operationId"] = id,
        ["tags"] = new JsonArray(tag),
        ["summary"] = summary,
    };

    private static void AddHeaders(ApiRoute route, JsonArray parameters)
    {
        if (route.Id == "submitJob")
        {
            parameters.Add((JsonNode)Parameter("Idempotency-Key", "header", """{"type":"string","maxLength":200}""", "A second submission of the same job with the same key meets the first."));
        }

        if (route.Answers.Any(static answer => answer.Status == StatusCodes.Status304NotModified))
        {
            parameters.Add((JsonNode)Parameter("If-None-Match", "header", """{"type":"string"}""", "The ETag that the client has."));
        }

        if (route.IsConditional)
        {
            parameters.Add((JsonNode)Parameter("If-Match", "header", """{"type":"string"}""", "The ETag of the job as the client saw it; when it has changed since, nothing is changed (412)."));
        }
    }

    private static JsonObject Responses(ApiRoute route)
    {
        var responses = new JsonObject();
        foreach (var (status, schema, description) in route.Answers)
        {
            var response = schema is null ? new JsonObject { ["description"] = description } : Content(description, "application/json", schema);
            if (route.Streams)
            {
                response["content"] ??= new JsonObject();
                response["content"]!["text/event-stream"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
            }

            if (status is StatusCodes.Status201Created && schema is "AcceptedJob")
            {
                response["headers"] = Header("Location", "The job.");
            }
            else if (status is StatusCodes.Status200OK && route.Answers.Any(static answer => answer.Status == StatusCodes.Status304NotModified))
            {
                response["headers"] = Header("ETag", "Changes whenever the answer would.");
            }

            responses[status.ToString(CultureInfo.InvariantCulture)] = response;
        }

        responses["default"] = Reference("#/components/responses/Problem");
        responses["4XX"] = Reference("#/components/responses/Problem");
        return responses;
    }

    private static JsonObject Parameter(string name, string place, string schema, string description) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = place == "path",
        ["description"] = description,
        ["schema"] = JsonNode.Parse(schema),
    };

    private static JsonObject Header(string name, string description) => new() { [name] = new JsonObject { ["description"] = description, ["schema"] = new JsonObject { ["type"] = "string" } } };

    private static JsonObject Content(string description, string mediaType, string schema) => new() { ["description"] = description, ["content"] = Media(mediaType, schema) };

    private static JsonObject Media(string mediaType, string schema) => new() { [mediaType] = new JsonObject { ["schema"] = Reference("#/components/schemas/" + schema) } };

    private static JsonObject Reference(string target) => new() { ["$ref"] = target };

    private static string PathText(string name) => name switch
    {
        "id" => "The job's id.",
        "scheduleId" => "The schedule's id; a slash in it is %2F.",
        "token" => "The token of the wait.",
        "queue" => "The queue; a slash in it is %2F.",
        "scope" => "What is paused: Queue, Job, Worker or ConcurrencyKey.",
        "key" => "The queue, the job's name, the worker's id or the concurrency key; a slash in it is %2F.",
        _ => "The job's name; a slash in it is %2F.",
    };

    private static string TagText(string tag) => tag switch
    {
        "Submit" => "Enqueue jobs.",
        "Jobs" => "Look at jobs, wait for them, follow them.",
        "Operate" => "Change jobs, look at workers.",
        "Schedules" => "Recurring jobs.",
        "Queues" => "Queues, and what happens in them.",
        _ => "What this service knows.",
    };
}
