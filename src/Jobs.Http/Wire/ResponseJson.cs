using System.Text.Json.Serialization;

namespace Jobs.Http.Wire;

/// <summary>What services answer. Members that a client does not know, from a newer service, are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AcceptedJob))]
[JsonSerializable(typeof(AcceptedJobs))]
[JsonSerializable(typeof(CountBody))]
[JsonSerializable(typeof(JobSnapshot))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(JobLogEntry))]
[JsonSerializable(typeof(LogPage))]
[JsonSerializable(typeof(StepList))]
[JsonSerializable(typeof(JobDefinitionBody))]
[JsonSerializable(typeof(JobDefinitionList))]
[JsonSerializable(typeof(WorkerList))]
[JsonSerializable(typeof(JobStatistics))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(JobEvent))]
[JsonSerializable(typeof(JobSchedule))]
[JsonSerializable(typeof(ScheduleList))]
[JsonSerializable(typeof(ScheduleTimes))]
[JsonSerializable(typeof(JobEventPage))]
[JsonSerializable(typeof(PauseList))]
[JsonSerializable(typeof(MaintenanceBody))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ResponseJson : JsonSerializerContext;
