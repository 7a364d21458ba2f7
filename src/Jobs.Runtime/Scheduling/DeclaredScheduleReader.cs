using Jobs.Metadata;
using Jobs.Registry;

namespace Jobs.Scheduling;

/// <summary>Reads the declared schedules of one job.</summary>
internal sealed class DeclaredScheduleReader(JobRegistry registry) : IJobDescriptorVisitor<IReadOnlyList<DeclaredSchedule>>
{
    public IReadOnlyList<DeclaredSchedule> Visit<TInput, TResult>(JobDescriptor<TInput, TResult> job)
    {
        if (job.Schedules.Count == 0)
        {
            return [];
        }

        var registered = (RegisteredJob<TInput>)registry.Find(job.Name);
        return [.. job.Schedules.Select(schedule => Read(registered, schedule))];
    }

    private static DeclaredSchedule Read<TInput>(RegisteredJob<TInput> job, JobScheduleDeclaration<TInput> schedule)
    {
        byte[] payload = [];
        if (typeof(TInput) != typeof(JobVoid))
        {
            if (schedule.Input is null)
            {
                throw Wrong(schedule.Id, job.Name, $"{typeof(TInput).Name} cannot be made without arguments; give them in [JobSchedule(\"{schedule.Id}\", \"{schedule.Cron}\", …)], or default values to its constructor's parameters");
            }

            var input = schedule.Input();
            var errors = job.Validate(input);
            if (errors.Count > 0)
            {
                throw Wrong(schedule.Id, job.Name, new JobValidationException(job.Name, errors).Message, new JobValidationException(job.Name, errors));
            }

            payload = job.Write(input);
        }

        JobDuration? jitter = null;
        if (schedule.Jitter is { } text)
        {
            jitter = JobDuration.TryParse(text, out var duration) ? duration : throw Wrong(schedule.Id, job.Name, $"'{text}' is not a duration such as \"30s\"");
        }

        var options = new ScheduleOptions { TimeZone = schedule.TimeZone, Overlap = schedule.Overlap, CatchUp = schedule.CatchUp, Jitter = jitter };
        return new DeclaredSchedule(job, schedule.Id, schedule.Cron, payload, options);
    }

    public static JobException Wrong(string id, string jobName, string problem, Exception? inner = null) =>
        new(JobErrorCodes.Configuration, $"The declared schedule '{id}' of job '{jobName}' is wrong: {problem.TrimEnd('.')}.", innerException: inner);
}
