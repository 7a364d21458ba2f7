using System.Diagnostics;
using System.Text;
using Jobs.Storage;

namespace Jobs.Scheduling;

/// <summary>Makes the jobs of a schedule's runs.</summary>
internal static class ScheduleJobs
{
    public static JobRecord Create(Schedule schedule, JobId id)
    {
        var definition = schedule.Definition;
        var activity = Activity.Current;
        return new JobRecord
        {
            Name = schedule.JobName,
            Queue = definition.Queue,
            Priority = definition.Priority,
            Policy = JobPolicy.Parse(definition.Policy),
            Payload = definition.Input is { } input ? Encoding.UTF8.GetBytes(input.GetRawText()) : [],
            Details = new JobDetails
            {
                Id = id,
                ScheduleId = schedule.Id,
                Submitter = definition.Submitter,
                Tags = definition.Tags ?? [],
                Metadata = definition.Metadata ?? System.Collections.Frozen.FrozenDictionary<string, string>.Empty,
                TraceParent = activity is { IdFormat: ActivityIdFormat.W3C } ? activity.Id : null,
            },
        };
    }
}
