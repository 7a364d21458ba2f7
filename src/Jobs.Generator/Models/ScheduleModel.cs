namespace Jobs.Generator.Models;

/// <summary>A schedule that a job declares; what is optional is a C# expression.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cron">When it runs.</param>
/// <param name="TimeZone">The zone's id.</param>
/// <param name="Settings">Further members, ready for an object initializer.</param>
/// <param name="Input">Makes the input; null when it has no form without arguments, or the job has no input.</param>
internal sealed record ScheduleModel(string Id, string Cron, string? TimeZone, EquatableArray<JobSettingModel> Settings, string? Input);
