using Jobs.Registry;

namespace Jobs.Scheduling;

/// <summary>A schedule that is declared in code, its input validated and written.</summary>
internal sealed record DeclaredSchedule(RegisteredJob Job, string Id, string Cron, byte[] Payload, ScheduleOptions Options);
