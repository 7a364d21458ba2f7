using System.Text.Json;
using Jobs.Client;
using Jobs.Hosting;
using Jobs.Registry;

namespace Jobs.Scheduling;

/// <summary>Turns a call into a definition, or refuses it with a message that says what to change.</summary>
internal static class ScheduleRules
{
    public const int MaxIdLength = 200;
    private const int MaxCatchUp = JobOptionRules.MaxCatchUp;

    public static ScheduleDefinition Define(JobsRuntime runtime, RegisteredJob job, string id, string cron, byte[] payload, ScheduleOptions? options, string? declaredBy)
    {
        options ??= new ScheduleOptions();
        CheckId(id);
        CheckJobOptions(id, options.Job);

        // Whatever would be refused of one job is refused of all: the record is made as for an enqueue.
        var record = EnqueuedRecord.Create(runtime, job, payload, options.Job ?? new EnqueueOptions());
        var definition = new ScheduleDefinition
        {
            Cron = cron,
            TimeZone = options.TimeZone,
            Start = options.Start?.ToUniversalTime(),
            End = options.End?.ToUniversalTime(),
            MaxRuns = options.MaxRuns,
            Overlap = options.Overlap != OverlapPolicy.Default ? options.Overlap
                : job.Descriptor.Defaults.Overlap is { } overlap and not OverlapPolicy.Default ? overlap : OverlapPolicy.Skip,
            CatchUp = options.CatchUp == CatchUpPolicy.Default ? CatchUpPolicy.Once : options.CatchUp,
            MaxCatchUp = options.MaxCatchUp,
            Jitter = options.Jitter,
            Enabled = options.Enabled,
            DeclaredBy = declaredBy,
            Queue = record.Queue,
            Priority = record.Priority,
            Policy = record.Policy.Format() is { Length: > 0 } policy ? policy : null,
            Submitter = record.Details?.Submitter,
            Tags = record.Details?.Tags is { Count: > 0 } tags ? tags : null,
            Metadata = record.Details?.Metadata is { Count: > 0 } metadata ? metadata : null,
            Input = ToElement(payload),
        };
        Check(runtime, id, definition);
        return definition;
    }

    /// <summary>Refuses a definition that cannot be run.</summary>
    public static void Check(JobsRuntime runtime, string id, ScheduleDefinition definition)
    {
        var cron = ParseCron(id, definition.Cron);
        TimeZones.Find(definition.TimeZone);
        if (!Enum.IsDefined(definition.Overlap) || !Enum.IsDefined(definition.CatchUp))
        {
            throw Refuse(id, $"{definition.Overlap} or {definition.CatchUp} is not a policy");
        }

        if (definition.End <= definition.Start)
        {
            throw Refuse(id, $"its end ({definition.End:O}) is not after its start ({definition.Start:O})");
        }

        if (definition.MaxRuns is { } runs && JobOptionRules.CheckConcurrency(runs) is not null)
        {
            throw Refuse(id, $"MaxRuns is {definition.MaxRuns}; it must be at least 1, or null for no limit");
        }

        if (JobOptionRules.CheckCatchUp(definition.MaxCatchUp) is not null)
        {
            throw Refuse(id, $"MaxCatchUp is {definition.MaxCatchUp}; it must be from 1 to {MaxCatchUp}");
        }

        var minimum = runtime.Settings.Scheduling.MinimumInterval;
        var jitter = definition.Jitter?.Value ?? TimeSpan.Zero;
        var gap = cron.GetShortestGap(minimum > jitter ? minimum : jitter);
        if (gap < minimum)
        {
            throw Refuse(id, $"'{definition.Cron}' runs every {gap.TotalSeconds:0.#} s; the shortest interval allowed is {minimum}. Run it less often, or lower Schedules.MinimumInterval");
        }

        if (jitter > TimeSpan.Zero && gap <= jitter)
        {
            throw Refuse(id, $"its jitter ({definition.Jitter}) is not shorter than the time between two runs ({gap})");
        }
    }

    public static CronExpression ParseCron(string id, string cron)
    {
        ArgumentNullException.ThrowIfNull(cron);
        try
        {
            return CronExpression.Parse(cron);
        }
        catch (CronFormatException exception)
        {
            throw new JobException(JobErrorCodes.InvalidSchedule, $"Schedule '{id}' is refused: {exception.Message}", innerException: exception);
        }
    }

    public static void CheckId(string id)
    {
        if (JobIdentifierText.CheckJobName(id) is { } problem)
        {
            throw new JobException(JobErrorCodes.InvalidSchedule, $"'{id}' cannot be the id of a schedule: {problem}.");
        }
    }

    public static JsonElement? ToElement(byte[] payload)
    {
        if (payload.Length == 0)
        {
            return null;
        }

        using var document = JsonDocument.Parse(payload);
        return document.RootElement.Clone();
    }

    private static void CheckJobOptions(string id, EnqueueOptions? options)
    {
        var problem = options switch
        {
            null => null,
            { Id: not null } => nameof(EnqueueOptions.Id),
            { IdempotencyKey: not null } => nameof(EnqueueOptions.IdempotencyKey),
            { RunAt: not null } => nameof(EnqueueOptions.RunAt),
            { Delay: not null } => nameof(EnqueueOptions.Delay),
            { Transaction: not null } => nameof(EnqueueOptions.Transaction),
            _ => null,
        };
        if (problem is not null)
        {
            throw Refuse(id, $"ScheduleOptions.Job.{problem} belongs to one job, not to all jobs of a schedule; leave it out");
        }
    }

    public static JobException Refuse(string id, string problem) => new(JobErrorCodes.InvalidSchedule, $"Schedule '{id}' is refused: {problem}. Nothing was stored.");
}
