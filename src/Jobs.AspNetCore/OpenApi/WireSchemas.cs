using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Jobs.Http.Wire;

namespace Jobs.AspNetCore.OpenApi;

/// <summary>The schemas of what travels, from the metadata with which it is serialized.</summary>
internal static class WireSchemas
{
    private static readonly Dictionary<Type, string> _named = new()
    {
        [typeof(JobSnapshot)] = "Job",
        [typeof(JobStatus)] = "JobStatus",
        [typeof(SubmitBody)] = "Submit",
        [typeof(SubmitOptions)] = "SubmitOptions",
        [typeof(AcceptedJob)] = "AcceptedJob",
        [typeof(JobLogEntry)] = "LogEntry",
        [typeof(JobDefinitionBody)] = "JobDefinition",
        [typeof(JobSchedule)] = "Schedule",
        [typeof(JobValidationError)] = "Violation",
    };

    public static JsonObject Create(IReadOnlyList<JobSchemas> jobs)
    {
        var schemas = new JsonObject
        {
            ["Any"] = new JsonObject { ["type"] = "object" },
            ["JobStatus"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetNames<JobStatus>().Select(static name => JsonValue.Create(name))]) },
        };
        var (requests, responses) = (RequestJson.Default, ResponseJson.Default);
        Add("Submit", requests.SubmitBody);
        Add("SubmitMany", requests.SubmitManyBody);
        Add("SubmitOptions", requests.SubmitOptions);
        Add("JobEdit", requests.JobEdit);
        Add("ScheduleWrite", requests.ScheduleBody);
        Add("ScheduleEdit", requests.ScheduleEdit);
        Add("AcceptedJob", responses.AcceptedJob);
        Add("AcceptedJobs", responses.AcceptedJobs);
        Add("Count", responses.CountBody);
        Add("Job", responses.JobSnapshot);
        Add("JobPage", responses.JobPage);
        Add("LogEntry", responses.JobLogEntry);
        Add("LogPage", responses.LogPage);
        Add("StepList", responses.StepList);
        Add("WaitAnswer", requests.WaitAnswer);
        Add("JobDefinition", responses.JobDefinitionBody);
        Add("JobDefinitionList", responses.JobDefinitionList);
        Add("QueueList", responses.QueueList);
        Add("Statistics", responses.JobStatistics);
        Add("WorkerList", responses.WorkerList);
        Add("Schedule", responses.JobSchedule);
        Add("ScheduleList", responses.ScheduleList);
        Add("ScheduleTimes", responses.ScheduleTimes);
        Add("EventPage", responses.JobEventPage);
        Add("PauseList", responses.PauseList);
        Add("Maintenance", responses.MaintenanceBody);
        Add("Violation", responses.JobValidationError);
        Add("Problem", responses.ProblemBody);
        foreach (var job in jobs)
        {
            job.AddTo(schemas);
        }

        return schemas;

        void Add(string name, JsonTypeInfo type) => schemas[name] = Export(type);
    }

    private static JsonNode Export(JsonTypeInfo type) => type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, schema) => Transform(context, schema),
    });

    /// <summary>Types with a schema of their own are referred to; converters are spelled out, since the exporter cannot look into them.</summary>
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(JobId))
        {
            return new JsonObject { ["type"] = "string", ["format"] = "uuid" };
        }

        if (type == typeof(JobDuration))
        {
            return new JsonObject { ["type"] = "string", ["description"] = "A duration such as 5s, 1h30m or 250ms." };
        }

        if (context.Path.Length > 0 && _named.TryGetValue(type, out var name))
        {
            return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
        }

        if (schema is JsonObject shape && shape.TryGetPropertyValue("type", out var kinds) && kinds is JsonArray { Count: 2 } two && context.PropertyInfo is not null && two.Any(static kind => kind?.GetValue<string>() == "null"))
        {
            // What is null is left out, so that it never is null on the wire.
            shape["type"] = two.First(static kind => kind?.GetValue<string>() != "null")!.DeepClone();
            if (shape["enum"] is JsonArray names && names.FirstOrDefault(static value => value is null) is null)
            {
                shape["enum"] = new JsonArray([.. names.Where(static value => value is not null).Select(static value => value!.DeepClone())]);
            }
        }

        return schema;
    }
}
